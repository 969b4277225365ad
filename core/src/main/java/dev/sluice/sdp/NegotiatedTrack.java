package dev.sluice.sdp;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one track is sent to the peer, or taken from it.
 *
 * @param track the track
 * @param mid the identification tag of the media description, empty when it has none
 * @param format the chosen payload format as it was offered
 * @param rtxPayloadType the payload type of retransmissions (RFC 4588), or -1 without
 * @param fecPayloadType the payload type of repair packets
 *     (draft-ietf-payload-flexible-fec-scheme-03), or -1 without; only where this side sends
 * @param redPayloadType the payload type of the format with redundant audio data (RFC 2198), or -1
 *     without; only where the peer sends
 * @param redFirst whether the peer wants redundancy more than the plain format
 * @param extensions the RTP header extensions that were agreed on, by URI
 * @param feedback the kinds of RTCP feedback that were agreed on
 * @param reducedSize whether reduced-size RTCP (RFC 5506) was agreed on
 * @param rids the restriction identifiers of the encodings that are taken (RFC 8851), in the order
 *     in which the peer offers them; empty without simulcast of a picture
 */
public record NegotiatedTrack(
    LocalTrack track,
    String mid,
    PayloadFormat format,
    int rtxPayloadType,
    int fecPayloadType,
    int redPayloadType,
    boolean redFirst,
    Map<String, HeaderExtension> extensions,
    Set<Feedback> feedback,
    boolean reducedSize,
    List<String> rids) {

  /** Copies the collections. */
  public NegotiatedTrack {
    extensions = Map.copyOf(extensions);
    feedback = Set.copyOf(feedback);
    rids = List.copyOf(rids);
  }

  static NegotiatedTrack of(
      LocalTrack track, OfferedMedia media, PayloadFormat chosen, LocalDescription local) {
    MediaDescription description = media.description();
    Map<String, HeaderExtension> extensions = HeaderExtension.accepted(description, local);
    Set<Feedback> feedback = feedback(chosen, local.feedback());
    if (!extensions.containsKey(HeaderExtension.TRANSPORT_CC)) {
      feedback.remove(Feedback.TRANSPORT_CC); // there are no numbers that it could speak of
    }
    boolean receives = local.direction().receives();
    boolean resends = feedback.contains(Feedback.NACK);
    int rtx = resends ? rtxPayloadType(chosen, media.formats()) : -1;
    boolean repeatsAsIs = rtx < 0 && (resends || track.isVideo());
    if (local.direction().sends() && (repeatsAsIs || !isCounted(extensions, feedback))) {
      extensions.remove(HeaderExtension.TRANSPORT_CC);
      feedback.remove(Feedback.TRANSPORT_CC);
    }
    PayloadFormat red = receives ? red(chosen, media.formats()) : null;
    return new NegotiatedTrack(
        track,
        Objects.requireNonNullElse(description.mid(), ""),
        chosen,
        rtx,
        track.fecSsrc() == null ? -1 : fecPayloadType(chosen, media.formats()),
        red == null ? -1 : red.payloadType(),
        red != null && media.formats().indexOf(red) < media.formats().indexOf(chosen),
        extensions,
        feedback,
        description.lines().has("rtcp-rsize"),
        receives && track.isVideo() ? Simulcast.rids(description) : List.of());
  }

  private static boolean isCounted(
      Map<String, HeaderExtension> extensions, Set<Feedback> feedback) {
    return extensions.containsKey(HeaderExtension.TRANSPORT_CC)
        && feedback.contains(Feedback.TRANSPORT_CC);
  }

  private static Set<Feedback> feedback(PayloadFormat chosen, Set<Feedback> accepted) {
    Set<Feedback> feedback = EnumSet.noneOf(Feedback.class);
    for (Feedback kind : Feedback.values()) {
      if (accepted.contains(kind) && chosen.feedback().contains(kind.attribute())) {
        feedback.add(kind);
      }
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

  private static int fecPayloadType(PayloadFormat chosen, List<PayloadFormat> offered) {
    for (PayloadFormat format : offered) {
      if (format.is("flexfec-03", chosen.clockRate())) {
        return format.payloadType();
      }
    }
    return -1;
  }

  /** Its parameter is a list of payload types, the primary one first (RFC 2198 section 5). */
  private static @Nullable PayloadFormat red(PayloadFormat chosen, List<PayloadFormat> offered) {
    String primary = chosen.payloadType() + "/";
    for (PayloadFormat format : offered) {
      String types = format.formatLine();
      if (format.is("red", chosen.clockRate()) && types != null && types.startsWith(primary)) {
        return format;
      }
    }
    return null;
  }

  /**
   * The identifier of an RTP header extension.
   *
   * @param uri what the extension is
   * @return 1 to 14, or -1 without
   */
  public int extensionId(String uri) {
    HeaderExtension extension = extensions.get(uri);
    return extension == null ? -1 : extension.id();
  }

  /** {@return the RTP payload type} */
  public int payloadType() {
    return format.payloadType();
  }

  /**
   * {@return id of the extension for transport-wide sequence numbers, -1 where they are not used.
   * What this side sends has them only if a packet is repeated in a stream of its own or not at
   * all: the same packet cannot go out with another number}
   */
  public int transportSequenceId() {
    return feedback.contains(Feedback.TRANSPORT_CC)
        ? extensionId(HeaderExtension.TRANSPORT_CC)
        : -1;
  }

  /** {@return whether redundant audio data may come} */
  public boolean hasRed() {
    return redPayloadType >= 0;
  }

  /** {@return whether repair packets go in a stream of their own} */
  public boolean hasFec() {
    return fecPayloadType >= 0;
  }

  /** {@return whether retransmissions go in a stream of their own} */
  public boolean hasRtx() {
    return rtxPayloadType >= 0;
  }
}
