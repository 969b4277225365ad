package dev.sluice.rtsp;

import dev.sluice.sdp.MediaDescription;
import dev.sluice.sdp.SessionDescription;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a session description says that a track is sent to (RFC 8866, sections 5.7 and 5.14).
 *
 * @param group the multicast group; null where it is sent to one receiver
 * @param rtp UDP port of RTP
 * @param rtcp UDP port of RTCP (RFC 3605), the next one where the description does not say
 */
record DescribedPorts(AnnouncedTrack track, @Nullable InetAddress group, int rtp, int rtcp) {
  private static final Pattern ADDRESS = Pattern.compile("IN IP[46] ([^/\\s]+).*");
  private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:\\s.*)?");
  private static final int MOST = 65_535;

  /**
   * Reads where a track is sent to.
   *
   * @throws IllegalArgumentException if the description does not say it
   */
  static DescribedPorts of(
      SessionDescription session, MediaDescription media, AnnouncedTrack track) {
    String connection =
        Objects.requireNonNullElseGet(
            media.lines().line('c'),
            () -> Objects.requireNonNullElse(session.session().line('c'), ""));
    int rtcp = port(media.lines().attribute("rtcp"), media.port() + 1);
    if (media.port() == 0 || rtcp == 0 || rtcp > MOST || rtcp == media.port()) {
      throw new IllegalArgumentException(
          "sdp: ports of %s are %s and %s, allowed are two from 1 to %s"
              .formatted(media.media(), media.port(), rtcp, MOST));
    }
    return new DescribedPorts(track, group(connection), media.port(), rtcp);
  }

  private static int port(@Nullable String attribute, int otherwise) {
    if (attribute == null) {
      return otherwise;
    }
    Matcher matcher = PORT.matcher(attribute);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static @Nullable InetAddress group(String connection) {
    Matcher matcher = ADDRESS.matcher(connection);
    InetAddress address =
        matcher.matches() ? NetUtil.createInetAddressFromIpAddressString(matcher.group(1)) : null;
    return address != null && address.isMulticastAddress() ? address : null;
  }
}
