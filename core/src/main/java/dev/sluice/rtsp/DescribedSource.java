package dev.sluice.rtsp;

import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session description says of a source of plain RTP.
 *
 * @param tracks all that it has
 * @param ports of those that are relayed
 */
record DescribedSource(List<AnnouncedTrack> tracks, List<DescribedPorts> ports) {

  /**
   * Reads a description.
   *
   * @throws IllegalArgumentException if nothing in it is relayed, or it is malformed
   */
  static DescribedSource parse(String sdp) {
    try {
      return of(SessionDescription.parse(sdp));
    } catch (SdpException malformed) {
      throw new IllegalArgumentException("sdp: " + malformed.getMessage(), malformed);
    }
  }

  private static DescribedSource of(SessionDescription session) throws SdpException {
    List<AnnouncedTrack> tracks = AnnouncedTrack.of(session);
    List<DescribedPorts> ports = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).isRelayed()) {
        ports.add(DescribedPorts.of(session, session.media().get(i), tracks.get(i)));
      }
    }
    if (ports.isEmpty()) {
      throw new IllegalArgumentException(
          "sdp: nothing is relayed: " + AnnouncedTrack.refusals(tracks));
    }
    return new DescribedSource(tracks, ports);
  }
}
