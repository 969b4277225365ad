package dev.sluice.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One media description, often called an m-line (RFC 8866 section 5.14).
 *
 * <pre>{@code
 * m=<media> <port>[/<number of ports>] <proto> <fmt> ...
 * }</pre>
 *
 * @param media the media type, such as {@code video}
 * @param port the transport port, 0 to 65535; 0 marks a media description that is refused, or one
 *     that is offered for a bundle only
 * @param protocol the transport protocol, such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats the media formats, for RTP the payload types in order of preference; at least one
 * @param lines the lines that follow the m= line
 */
public record MediaDescription(
    String media, int port, String protocol, List<String> formats, SdpLines lines) {

  /** Copies the list of formats. */
  public MediaDescription {
    formats = List.copyOf(formats);
  }

  static MediaDescription parse(String mLine, SdpLines lines) throws SdpException {
    String[] fields = mLine.strip().split("\\s+");
    if (fields.length < 4) {
      throw new SdpException("m= line with fewer than four fields: " + Excerpt.of(mLine));
    }
    int slash = fields[1].indexOf('/');
    String port = slash < 0 ? fields[1] : fields[1].substring(0, slash);
    return new MediaDescription(
        fields[0],
        Numbers.parse(port, 0, 65_535, "port in the m= line"),
        fields[2],
        List.of(fields).subList(3, fields.length),
        lines);
  }

  /** {@return the identification tag (RFC 5888), or null when the media description has none} */
  public @Nullable String mid() {
    return lines.attribute("mid");
  }

  /**
   * Reads the RTP payload formats. Dynamic payload types without an rtpmap attribute, and all with
   * a malformed one, are left out.
   *
   * @return the formats in the order of the m= line
   */
  public List<PayloadFormat> payloadFormats() {
    return PayloadFormat.of(this);
  }

  void writeTo(StringBuilder out) {
    out.append("m=").append(media).append(' ').append(port).append(' ').append(protocol);
    for (String format : formats) {
      out.append(' ').append(format);
    }
    out.append("\r\n");
    lines.writeTo(out);
  }
}
