package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the offer of a side that receives only and is no ICE-lite agent (RFC 9429 section 5.2.1):
 * one media description of each kind, all in one bundle, each with the whole transport, since the
 * peer may refuse any of them.
 */
public final class OfferWriter {
  private static final int FIRST_DYNAMIC = 96;
  private static final int LAST_DYNAMIC = 127;

  /** where dynamic payload types go on once those are used up (RFC 5761 section 4) */
  private static final int MORE_DYNAMIC = 35;

  private final LocalDescription local;
  private final List<String> extensions;
  private int nextPayloadType = FIRST_DYNAMIC;

  private OfferWriter(LocalDescription local) {
    this.local = local;
    extensions = local.extensions().stream().sorted().toList();
  }

  /**
   * Writes an offer.
   *
   * @param local what this side brings; its tracks are not asked
   * @param media what it receives
   * @return the offer
   */
  public static String write(LocalDescription local, List<MediaOffer> media) {
    return new OfferWriter(local).write(media);
  }

  private String write(List<MediaOffer> media) {
    List<String> mids = IntStream.range(0, media.size()).mapToObj(Integer::toString).toList();
    List<MediaDescription> descriptions = new ArrayList<>();
    for (MediaOffer offer : media) {
      descriptions.add(describe(mids.get(descriptions.size()), offer));
    }
    SdpLines.Builder session = local.session(mids).attribute("ice-options", "ice2");
    session.attribute("fingerprint", local.fingerprint().toString());
    return new SessionDescription(session.build(), descriptions).write();
  }

  private MediaDescription describe(String mid, MediaOffer offer) {
    SdpLines.Builder lines = new SdpLines.Builder();
    lines.line('c', AnswerWriter.ANY_ADDRESS).attribute("mid", mid);
    IceAttributes.writeCredentials(lines, local.credentials());
    lines
        .attribute("setup", "actpass")
        .attribute(local.direction().attribute())
        .attribute("rtcp-mux")
        .attribute("rtcp-rsize");
    for (int i = 0; i < extensions.size(); i++) {
      lines.attribute("extmap", (i + 1) + " " + extensions.get(i));
    }
    List<String> payloadTypes = new ArrayList<>();
    offer.formats().forEach(format -> describe(format, offer, lines, payloadTypes));
    IceAttributes.writeCandidates(lines, local.candidates());
    return new MediaDescription(
        offer.media(), AnswerWriter.DISCARD_PORT, "UDP/TLS/RTP/SAVPF", payloadTypes, lines.build());
  }

  private void describe(
      FormatOffer format, MediaOffer offer, SdpLines.Builder lines, List<String> payloadTypes) {
    String payloadType =
        Integer.toString(format.payloadType() < 0 ? nextPayloadType() : format.payloadType());
    write(lines, payloadType, format.rtpmap(), format.parameters());
    payloadTypes.add(payloadType);
    for (Feedback kind : Feedback.values()) {
      if (offer.feedback().contains(kind)) {
        lines.attribute("rtcp-fb", payloadType + ' ' + kind.attribute());
      }
    }
    if (offer.feedback().contains(Feedback.NACK)) {
      String rtx = Integer.toString(nextPayloadType());
      write(lines, rtx, "rtx/" + format.clockRate(), "apt=" + payloadType);
      payloadTypes.add(rtx);
    }
  }

  private static void write(
      SdpLines.Builder lines, String payloadType, String rtpmap, @Nullable String parameters) {
    lines.attribute("rtpmap", payloadType + ' ' + rtpmap);
    if (parameters != null) {
      lines.attribute("fmtp", payloadType + ' ' + parameters);
    }
  }

  private int nextPayloadType() {
    int next = nextPayloadType;
    nextPayloadType = next == LAST_DYNAMIC ? MORE_DYNAMIC : next + 1;
    return next;
  }
}
