package dev.sluice.rtsp;

import dev.sluice.spi.TrackReader;
import java.util.List;
import java.util.Locale;

/** The session description of what is played (RFC 2326, appendix C). */
final class PlayDescription {
  private PlayDescription() {}

  static String of(PlaySession session) {
    StringBuilder sdp =
        new StringBuilder("v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n");
    sdp.append("a=control:*\r\na=range:npt=now-\r\n");
    List<TrackReader> tracks = session.reader().tracks();
    for (int i = 0; i < tracks.size(); i++) {
      append(sdp, tracks.get(i), i);
    }
    return sdp.toString();
  }

  private static void append(StringBuilder sdp, TrackReader track, int index) {
    int type = PlaySession.payloadType(index);
    String kind = track.codec().kind().name().toLowerCase(Locale.ROOT);
    sdp.append("m=" + kind + " 0 RTP/AVP " + type + "\r\n");
    track
        .codec()
        .format()
        .describe(track.parameters())
        .forEach(
            (attribute, value) -> sdp.append("a=" + attribute + ":" + type + " " + value + "\r\n"));
    sdp.append("a=control:" + PlaySession.control(index) + "\r\n");
  }
}
