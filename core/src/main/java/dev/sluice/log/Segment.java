package dev.sluice.log;

/** A block of payload bytes of consecutive packets, filled from its start. The writer's own. */
final class Segment {
  final byte[] bytes;

  /** position after its last packet, once there is a newer segment */
  long end;

  private int used;

  Segment(byte[] bytes) {
    this.bytes = bytes;
  }

  Segment reuse() {
    used = 0;
    return this;
  }

  boolean fits(int length) {
    return bytes.length - used >= length;
  }

  int writeAt() {
    return used;
  }

  void wrote(int length) {
    used += length;
  }
}
