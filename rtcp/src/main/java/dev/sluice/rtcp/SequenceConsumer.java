package dev.sluice.rtcp;

/** Takes RTP sequence numbers one by one. */
@FunctionalInterface
public interface SequenceConsumer {
  /**
   * Takes one.
   *
   * @param sequenceNumber 0 to 65535
   */
  void accept(int sequenceNumber);
}
