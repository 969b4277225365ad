package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the offer of a viewer that only receives (RFC 3264, RFC 9429 section 5.3).
 *
 * <p>All that is accepted shares one transport. Each media description of the offer ends up
 *
 * <ul>
 *   <li>served, {@code sendonly}: it asks for a track of the stream,
 *   <li>idle, {@code inactive}: it is RTP in the bundle (RFC 9143) of what is served, but there is
 *       nothing to send in it. It is kept because browsers that bundle from the start cannot do
 *       without the media description that owns the transport, and that may be this one,
 *   <li>refused, port 0: it is something else, data channels for one, or it is not bundled with
 *       what is served, or it cannot multiplex RTCP.
 * </ul>
 */
public final class Answerer {

  private final SessionDescription offer;
  private final LocalDescription local;
  private final List<LocalTrack> unused;
  private final AcceptedBundle accepted;

  private Answerer(SessionDescription offer, LocalDescription local) {
    this.offer = offer;
    this.local = local;
    unused = new ArrayList<>(local.tracks());
    accepted = new AcceptedBundle(offer);
  }

  /**
   * Answers an offer.
   *
   * @param offer what the viewer offers
   * @param local what this side brings
   * @return the answer and what was agreed on
   * @throws SdpException if the offer is malformed, or if nothing in it can be served; the message
   *     says why
   */
  public static Negotiation answer(SessionDescription offer, LocalDescription local)
      throws SdpException {
    return new Answerer(offer, local).answer();
  }

  private Negotiation answer() throws SdpException {
    checkMids();
    accept();
    OfferedTransport remote = OfferedTransport.of(accepted.offeredTransport());
    return new Negotiation(
        AnswerWriter.write(offer, local, accepted),
        remote.credentials(),
        remote.fingerprints(),
        remote.candidates(),
        remote.endOfCandidates(),
        accepted.tracks());
  }

  private void checkMids() throws SdpException {
    Set<String> mids = new HashSet<>();
    for (MediaDescription media : offer.media()) {
      if (media.mid() != null && !mids.add(media.mid())) {
        throw new SdpException("two media have the same a=mid: " + Excerpt.of(media.mid()));
      }
    }
  }

  private void accept() throws SdpException {
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < offer.media().size(); i++) {
      String refusal = serve(i);
      if (refusal != null) {
        refusals.add("m-line " + i + " " + refusal);
      }
    }
    if (accepted.tracks().isEmpty()) {
      throw new SdpException("nothing in the offer can be served: " + String.join("; ", refusals));
    }
    for (int i = 0; i < offer.media().size(); i++) {
      if (accepted.track(i) == null && obstacle(offer.media().get(i)) == null) {
        accepted.keepIdle(i);
      }
    }
  }

  /** Serves a media description with the first track that fits, or returns why none does. */
  private @Nullable String serve(int index) throws SdpException {
    MediaDescription media = offer.media().get(index);
    String refusal = obstacle(media);
    if (refusal != null) {
      return refusal;
    }
    if (!Direction.of(offer, media).receives()) {
      return "does not receive";
    }
    refusal = "asks for a track that the stream does not have";
    List<PayloadFormat> offered = media.payloadFormats();
    for (LocalTrack track : unused) {
      if (track.isOf(media)) {
        PayloadFormat chosen = track.choice().choose(offered);
        if (chosen != null) {
          accepted.serve(index, negotiate(track, media, chosen, offered));
          unused.remove(track);
          return null;
        }
        refusal = "does not offer " + track.choice().wanted();
      }
    }
    return refusal;
  }

  /** Returns what keeps a media description off the shared transport, or null. */
  private @Nullable String obstacle(MediaDescription media) {
    if (media.port() == 0 && !media.lines().has("bundle-only")) {
      return "has port 0";
    }
    if (!media.protocol().endsWith("RTP/SAVPF") && !media.protocol().endsWith("RTP/SAVP")) {
      return "is not for RTP over DTLS";
    }
    if (!media.lines().has("rtcp-mux")) {
      return "has no a=rtcp-mux";
    }
    if (!accepted.admits(media)) {
      return "is not bundled with the one that is served";
    }
    return null;
  }

  private NegotiatedTrack negotiate(
      LocalTrack track, MediaDescription media, PayloadFormat chosen, List<PayloadFormat> offered) {
    Set<Feedback> feedback = feedback(chosen);
    String mid = media.mid();
    return new NegotiatedTrack(
        track,
        mid == null ? "" : mid,
        chosen,
        feedback.contains(Feedback.NACK) ? rtxPayloadType(chosen, offered) : -1,
        midExtension(media),
        feedback,
        media.lines().has("rtcp-rsize"));
  }

  private Set<Feedback> feedback(PayloadFormat chosen) {
    Set<Feedback> feedback = EnumSet.noneOf(Feedback.class);
    for (Feedback kind : Feedback.values()) {
      if (chosen.feedback().contains(kind.attribute())) {
        feedback.add(kind);
      }
    }
    if (!local.retransmission()) {
      feedback.remove(Feedback.NACK);
    }
    return feedback;
  }

  private static int rtxPayloadType(PayloadFormat chosen, List<PayloadFormat> offered) {
    String payloadType = Integer.toString(chosen.payloadType());
    for (PayloadFormat format : offered) {
      if (format.is("rtx", chosen.clockRate()) && payloadType.equals(format.parameter("apt"))) {
        return format.payloadType();
      }
    }
    return -1;
  }

  private static @Nullable HeaderExtension midExtension(MediaDescription media) {
    for (HeaderExtension extension : HeaderExtension.of(media)) {
      if (extension.uri().equals(HeaderExtension.MID) && extension.isReceivedInOneByteForm()) {
        return extension;
      }
    }
    return null;
  }
}
