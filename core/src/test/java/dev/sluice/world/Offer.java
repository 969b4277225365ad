package dev.sluice.world;

import dev.sluice.ice.IceCredentials;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Offers of one track of VP8, to be sent or to send it, and what is read from the answer. */
final class Offer {
  static final int VIDEO = 96;
  static final int RTX = 97;
  static final int RID = 2;

  /** of the encodings, the best first */
  static final List<String> RIDS = List.of("h", "l");

  private static final String TEMPLATE =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=video 9 UDP/TLS/RTP/SAVPF %s
      c=IN IP4 0.0.0.0
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=fingerprint:%s
      a=setup:actpass
      a=mid:0
      a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
      a=%s
      a=rtcp-mux
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 ccm fir
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      """;
  private static final String RETRANSMISSION = "a=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n";

  private static final String ENCODINGS =
      """
      a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
      a=rid:h send
      a=rid:l send
      a=simulcast:send h;l
      """;

  private Offer() {}

  static String of(IceCredentials credentials, String fingerprint, boolean rtx) {
    String text = text(rtx ? "96 97" : "96", credentials, fingerprint, "recvonly");
    return lines(rtx ? text + RETRANSMISSION : text);
  }

  static String toSend(IceCredentials credentials, String fingerprint, int encodings) {
    String text = text("96", credentials, fingerprint, "sendonly");
    return lines(encodings > 1 ? text + ENCODINGS : text);
  }

  private static String text(
      String formats, IceCredentials credentials, String fingerprint, String direction) {
    return TEMPLATE.formatted(
        formats, credentials.ufrag(), credentials.pwd(), fingerprint, direction);
  }

  private static String lines(String text) {
    return text.replace("\n", "\r\n");
  }

  static String fragment(IceCredentials credentials) {
    return "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\n".formatted(credentials.ufrag(), credentials.pwd());
  }

  static IceCredentials credentials(String answer) {
    return new IceCredentials(value(answer, "ice-ufrag"), value(answer, "ice-pwd"));
  }

  private static String value(String answer, String attribute) {
    Matcher matcher = Pattern.compile("a=" + attribute + ":(\\S+)").matcher(answer);
    if (!matcher.find()) {
      throw new AssertionError(attribute);
    }
    return matcher.group(1);
  }
}
