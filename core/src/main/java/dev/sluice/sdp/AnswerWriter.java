package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the answer of an ICE-lite side (RFC 9429 section 5.3.1). */
final class AnswerWriter {

  /** Stands for "see the candidates" (RFC 8840 section 4.1.3). */
  static final int DISCARD_PORT = 9;

  /** what is between a packet and the one that repairs it, with all that pacing adds */
  private static final int REPAIR_WINDOW_MICROS = 500_000;

  static final String ANY_ADDRESS = "IN IP4 0.0.0.0";

  private final SessionDescription offer;
  private final LocalDescription local;
  private final AcceptedBundle accepted;
  private final boolean active;

  private AnswerWriter(
      SessionDescription offer, LocalDescription local, AcceptedBundle accepted, boolean active) {
    this.offer = offer;
    this.local = local;
    this.accepted = accepted;
    this.active = active;
  }

  /**
   * Writes it.
   *
   * @param active whether this side begins with DTLS
   */
  static String write(
      SessionDescription offer, LocalDescription local, AcceptedBundle accepted, boolean active) {
    return new AnswerWriter(offer, local, accepted, active).write();
  }

  private String write() {
    List<MediaDescription> media = new ArrayList<>();
    for (int i = 0; i < offer.media().size(); i++) {
      media.add(describe(i));
    }
    return new SessionDescription(session(), media).write();
  }

  private MediaDescription describe(int index) {
    MediaDescription offered = offer.media().get(index);
    NegotiatedTrack track = accepted.track(index);
    SdpLines.Builder lines = new SdpLines.Builder();
    String missing = accepted.missing(index);
    if (missing != null) {
      lines.line('i', missing);
    }
    lines.line('c', ANY_ADDRESS);
    if (offered.mid() != null) {
      lines.attribute("mid", offered.mid());
    }
    // Refused media does not need a transport, but webrtcbin asks for one in every m-line.
    IceAttributes.writeCredentials(lines, local.credentials());
    lines.attribute("setup", active ? "active" : "passive");
    if (track == null && !accepted.isIdle(index)) {
      lines.attribute(Direction.INACTIVE.attribute());
      return answer(offered, 0, offered.formats(), lines);
    }
    lines.attribute("rtcp-mux");
    if (index == accepted.tagged()) {
      IceAttributes.writeCandidates(lines, local.candidates());
    }
    List<String> formats =
        track == null ? idle(lines, offered) : served(lines, track, accepted.alternatives(index));
    return answer(offered, DISCARD_PORT, formats, lines);
  }

  private SdpLines session() {
    SdpLines.Builder lines = local.session(accepted.mids());
    IceAttributes.writeOptions(lines);
    lines.attribute("fingerprint", local.fingerprint().toString());
    return lines.build();
  }

  private static MediaDescription answer(
      MediaDescription offered, int port, List<String> formats, SdpLines.Builder lines) {
    return new MediaDescription(offered.media(), port, offered.protocol(), formats, lines.build());
  }

  /** Describes media in which nothing is sent, and returns its payload types: any one will do. */
  private static List<String> idle(SdpLines.Builder lines, MediaDescription offered) {
    lines.attribute(Direction.INACTIVE.attribute());
    List<PayloadFormat> formats = offered.payloadFormats();
    if (formats.isEmpty()) {
      return offered.formats().subList(0, 1);
    }
    PayloadFormat format = formats.get(0);
    format(lines, format, format.receiverParameters());
    return List.of(Integer.toString(format.payloadType()));
  }

  /** Describes a track and returns its payload types. */
  private List<String> served(
      SdpLines.Builder lines, NegotiatedTrack track, List<NegotiatedTrack> alternatives) {
    lines.attribute(local.direction().attribute());
    if (local.direction().sends()) {
      lines.attribute("msid", local.streamId() + ' ' + track.track().id());
    }
    if (track.reducedSize()) {
      lines.attribute("rtcp-rsize");
    }
    track.extensions().values().stream()
        .sorted(Comparator.comparingInt(HeaderExtension::id))
        .forEach(extension -> lines.attribute("extmap", extension.answer(local.direction())));
    Set<String> formats = new LinkedHashSet<>(formats(lines, track));
    alternatives.forEach(other -> formats.addAll(formats(lines, other)));
    if (local.direction().sends()) {
      sources(lines, track);
    }
    Simulcast.writeAnswer(lines, track.rids());
    return List.copyOf(formats);
  }

  private static List<String> formats(SdpLines.Builder lines, NegotiatedTrack track) {
    PayloadFormat format = track.format();
    String payloadType = Integer.toString(format.payloadType());
    format(lines, format, track.track().choice().parameters(format));
    for (Feedback kind : Feedback.values()) {
      if (track.feedback().contains(kind)) {
        lines.attribute("rtcp-fb", payloadType + ' ' + kind.attribute());
      }
    }
    List<String> payloadTypes = new ArrayList<>(List.of(payloadType));
    if (track.hasRtx()) {
      String rtx = Integer.toString(track.rtxPayloadType());
      lines
          .attribute("rtpmap", rtx + " rtx/" + format.clockRate())
          .attribute("fmtp", rtx + " apt=" + payloadType);
      payloadTypes.add(rtx);
    }
    if (track.hasFec()) {
      String fec = Integer.toString(track.fecPayloadType());
      lines
          .attribute("rtpmap", fec + " flexfec-03/" + format.clockRate())
          .attribute("fmtp", fec + " repair-window=" + REPAIR_WINDOW_MICROS);
      payloadTypes.add(fec);
    }
    if (track.hasRed()) {
      String red = Integer.toString(track.redPayloadType());
      lines
          .attribute("rtpmap", red + " red/" + format.clockRate() + format.channelSuffix())
          .attribute("fmtp", red + ' ' + payloadType + '/' + payloadType);
      payloadTypes.add(track.redFirst() ? 0 : payloadTypes.size(), red);
    }
    return payloadTypes;
  }

  private void sources(SdpLines.Builder lines, NegotiatedTrack track) {
    String ssrc = Integer.toUnsignedString(track.track().ssrc());
    String rtx = Integer.toUnsignedString(track.track().rtxSsrc());
    if (track.hasRtx()) {
      lines.attribute("ssrc-group", "FID " + ssrc + ' ' + rtx);
    }
    Integer fec = track.hasFec() ? track.track().fecSsrc() : null;
    if (fec != null) {
      lines.attribute("ssrc-group", "FEC-FR " + ssrc + ' ' + Integer.toUnsignedString(fec));
    }
    lines.attribute("ssrc", ssrc + " cname:" + local.cname());
    if (track.hasRtx()) {
      lines.attribute("ssrc", rtx + " cname:" + local.cname());
    }
    if (fec != null) {
      lines.attribute("ssrc", Integer.toUnsignedString(fec) + " cname:" + local.cname());
    }
  }

  private static void format(
      SdpLines.Builder lines, PayloadFormat format, @Nullable String parameters) {
    if (format.hasMap()) {
      lines.attribute("rtpmap", format.payloadType() + " " + format.rtpmap());
    }
    if (parameters != null) {
      lines.attribute("fmtp", format.payloadType() + " " + parameters);
    }
  }
}
