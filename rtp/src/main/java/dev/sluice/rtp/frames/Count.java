package dev.sluice.rtp.frames;

import java.util.concurrent.atomic.AtomicLong;

/** How often something happened. One thread counts, any thread reads. */
public final class Count {
  private final AtomicLong value = new AtomicLong();

  /** Makes a count of 0. */
  public Count() {}

  /** One more. */
  public void increment() {
    value.setOpaque(value.getPlain() + 1);
  }

  /** {@return as it was a moment ago; any thread} */
  public long get() {
    return value.getOpaque();
  }
}
