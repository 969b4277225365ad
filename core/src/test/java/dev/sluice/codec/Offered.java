package dev.sluice.codec;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.PayloadFormat;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Payload formats as an SDP describes them. */
final class Offered {

  private Offered() {}

  /** the formats of an m-line with these payload types */
  static List<PayloadFormat> formats(String payloadTypes, String... attributes)
      throws SdpException {
    String sdp = "v=0\nm=x 9 UDP/TLS/RTP/SAVPF " + payloadTypes;
    String lines = attributes.length == 0 ? "" : "\na=" + String.join("\na=", attributes);
    return SessionDescription.parse(sdp + lines + "\n").media().get(0).payloadFormats();
  }

  /** one format of an encoding for each fmtp; an empty one is left out */
  static List<PayloadFormat> each(String encoding, String... fmtps) throws SdpException {
    StringBuilder types = new StringBuilder();
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < fmtps.length; i++) {
      int type = 96 + i;
      types.append(type).append(' ');
      attributes.append("\na=rtpmap:").append(type).append(' ').append(encoding);
      if (!fmtps[i].isEmpty()) {
        attributes.append("\na=fmtp:").append(type).append(' ').append(fmtps[i]);
      }
    }
    return formats(types.toString().strip() + attributes);
  }

  /** the fmtp of the format that is chosen, null when none is */
  static @Nullable String choose(FormatChoice choice, String encoding, String... fmtps)
      throws SdpException {
    PayloadFormat chosen = choice.choose(each(encoding, fmtps));
    return chosen == null ? null : Objects.requireNonNullElse(chosen.formatLine(), "");
  }
}
