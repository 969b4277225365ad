package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;

/** Takes payloads and keeps none. */
final class NoLog implements PayloadWriter {
  private final byte[] array = new byte[2000];

  @Override
  public void open(int capacity) {}

  @Override
  public byte[] array() {
    return array;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public void commit(int length, int timestamp, boolean marker) {}

  @Override
  public void discard() {}

  @Override
  public void skip(int count) {}

  @Override
  public long position() {
    return 0;
  }

  @Override
  public void keyframe(long position) {}

  @Override
  public void recoveryPoint(long position) {}

  @Override
  public void mark(long position, int marks) {}
}
