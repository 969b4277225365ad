package dev.sluice.log;

import io.netty.buffer.ByteBuf;

/** A block of payload bytes of consecutive packets, filled from its start. The writer's own. */
final class Segment {
  final ByteBuf buffer;

  /** position after its last packet, once there is a newer segment */
  long end;

  private int used;

  Segment(ByteBuf buffer) {
    this.buffer = buffer;
  }

  Segment reuse() {
    used = 0;
    return this;
  }

  boolean fits(int bytes) {
    return buffer.capacity() - used >= bytes;
  }

  byte[] array() {
    return buffer.array();
  }

  int writeAt() {
    return buffer.arrayOffset() + used;
  }

  void wrote(int bytes) {
    used += bytes;
  }
}
