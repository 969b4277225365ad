package dev.sluice;

/**
 * A store of what was sent to one viewer on one track, in place of the shared history: for hosts
 * that must know every packet, and for comparisons. It is used on the viewer's event loop alone.
 */
public interface RetransmissionBuffer {

  /**
   * A packet leaves for the first time.
   *
   * @param sequenceNumber its RTP sequence number, 0 to 65,535
   * @param packet holds it, encrypted; borrowed until the call returns
   * @param offset of its first byte
   * @param length in bytes
   */
  void sent(int sequenceNumber, byte[] packet, int offset, int length);

  /**
   * The viewer asks for a packet again.
   *
   * @param sequenceNumber its RTP sequence number
   * @param target where to put it
   * @param offset of the first byte to write
   * @return its length in bytes, 0 if it is not there any more
   */
  int find(int sequenceNumber, byte[] target, int offset);
}
