package dev.sluice.rtsp;

/** The way of a track's RTCP to the peer. */
@FunctionalInterface
interface RtcpOut {
  /**
   * Sends a compound packet.
   *
   * @param buffer holds the packet from its start; borrowed
   */
  void send(byte[] buffer, int length);
}
