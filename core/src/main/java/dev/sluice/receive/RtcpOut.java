package dev.sluice.receive;

/** The way of a track's RTCP to the peer. */
@FunctionalInterface
public interface RtcpOut {
  /**
   * Sends a compound packet.
   *
   * @param buffer holds the packet from its start; borrowed
   * @param length in bytes
   */
  void send(byte[] buffer, int length);
}
