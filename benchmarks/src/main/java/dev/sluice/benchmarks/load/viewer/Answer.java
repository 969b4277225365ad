package dev.sluice.benchmarks.load.viewer;

import dev.sluice.ice.IceCredentials;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a viewer, or a publisher, needs of the relay's answer.
 *
 * @param credentials the relay's
 * @param remote its first candidate for UDP over IPv4
 * @param ssrc of the video; 0 for none
 * @param rtxSsrc of its retransmissions; 0 for none
 * @param transportExtension ID of the header extension with transport-wide numbers; 0 for none
 */
public record Answer(
    IceCredentials credentials,
    InetSocketAddress remote,
    int ssrc,
    int rtxSsrc,
    int transportExtension) {
  private static final Pattern UFRAG = Pattern.compile("a=ice-ufrag:(\\S+)");
  private static final Pattern PWD = Pattern.compile("a=ice-pwd:(\\S+)");
  private static final Pattern CANDIDATE =
      Pattern.compile("(?i)a=candidate:\\S+ 1 udp \\d+ ([0-9.]+) (\\d+) typ host");
  private static final Pattern SSRC = Pattern.compile("a=ssrc:(\\d+) ");
  private static final Pattern RTX = Pattern.compile("a=ssrc-group:FID \\d+ (\\d+)");

  private static final Pattern TRANSPORT_EXTENSION =
      Pattern.compile("a=extmap:(\\d+) \\S+transport-wide-cc-extensions-01");

  /**
   * Reads an answer.
   *
   * @param sdp the relay's
   * @return what is needed of it
   */
  public static Answer parse(String sdp) {
    Matcher candidate = find(CANDIDATE, sdp);
    Matcher ssrc = SSRC.matcher(sdp);
    Matcher rtx = RTX.matcher(sdp);
    Matcher transport = TRANSPORT_EXTENSION.matcher(sdp);
    return new Answer(
        new IceCredentials(find(UFRAG, sdp).group(1), find(PWD, sdp).group(1)),
        new InetSocketAddress(candidate.group(1), Integer.parseInt(candidate.group(2))),
        ssrc.find() ? Integer.parseUnsignedInt(ssrc.group(1)) : 0,
        rtx.find() ? Integer.parseUnsignedInt(rtx.group(1)) : 0,
        transport.find() ? Integer.parseInt(transport.group(1)) : 0);
  }

  private static Matcher find(Pattern pattern, String sdp) {
    Matcher matcher = pattern.matcher(sdp);
    if (!matcher.find()) {
      throw new IllegalArgumentException("the answer has no " + pattern);
    }
    return matcher;
  }
}
