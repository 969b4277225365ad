package dev.sluice.rtsp;

import dev.sluice.receive.RtcpOut;
import dev.sluice.receive.TrackReceiver;
import org.jspecify.annotations.Nullable;

/**
 * A track that is set up.
 *
 * @param rtpChannel interleaved channel of RTP, or {@link TransportSpec#NONE} over UDP
 * @param rtcpChannel interleaved channel of RTCP, or {@link TransportSpec#NONE} over UDP
 * @param udp the sockets, or null when interleaved
 * @param rtcpOut the way of reports to the peer
 */
record TrackPort(
    AnnouncedTrack track,
    TrackReceiver receiver,
    int rtpChannel,
    int rtcpChannel,
    @Nullable UdpMedia udp,
    RtcpOut rtcpOut) {

  void close() {
    receiver.close();
    if (udp != null) {
      udp.close();
    }
  }
}
