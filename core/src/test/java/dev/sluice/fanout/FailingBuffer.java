package dev.sluice.fanout;

import dev.sluice.RetransmissionBuffer;
import dev.sluice.Throwables;

/** A host's store of what was sent that breaks after some packets. */
public final class FailingBuffer implements RetransmissionBuffer {
  private final Throwable thrown;
  private int left;

  /** Makes a store that takes so many packets. */
  public FailingBuffer(Throwable thrown, int packets) {
    this.thrown = thrown;
    left = packets;
  }

  @Override
  public void sent(int sequenceNumber, byte[] packet, int offset, int length) {
    if (left-- == 0) {
      throw Throwables.sneak(thrown);
    }
  }

  @Override
  public int find(int sequenceNumber, byte[] target, int offset) {
    throw Throwables.sneak(thrown);
  }
}
