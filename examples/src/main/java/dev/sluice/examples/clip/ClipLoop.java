package dev.sluice.examples.clip;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Says what of an endlessly repeated clip is due, and when the next piece is.
 *
 * <p>Every due time is computed from the start and a count, never from the one before, so the loop
 * does not drift. Timestamps go on across repetitions. Not for several threads at once.
 */
final class ClipLoop {

  /** Where the media goes. */
  interface Sink {

    /**
     * Takes a picture.
     *
     * @param accessUnit Annex B
     * @param timestamp in 90 kHz ticks
     */
    void picture(ByteBuffer accessUnit, long timestamp);

    /**
     * Takes a packet of sound.
     *
     * @param opusPacket one packet
     * @param timestamp in 48 kHz ticks
     */
    void sound(ByteBuffer opusPacket, long timestamp);
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_LAG_NANOS = NANOS_PER_SECOND;

  private final Cursor pictures;
  private final Cursor sounds;
  private long startNanos;

  ClipLoop(Clip clip, long startNanos) {
    pictures = new Cursor(clip.pictures(), Clip.PICTURES_PER_SECOND, 90_000);
    sounds = new Cursor(clip.sounds(), Clip.SOUNDS_PER_SECOND, 48_000);
    this.startNanos = startNanos;
  }

  /**
   * Writes all that is due. After a stop of more than a second, a suspended machine for instance,
   * the clip goes on from where it was rather than catching up.
   *
   * @param nowNanos on the clock that the start was read from
   * @param sink where it goes
   * @return when to call again, on the same clock
   */
  long writeDue(long nowNanos, Sink sink) {
    long lag = nowNanos - startNanos - nextDue();
    if (lag > MAX_LAG_NANOS) {
      startNanos += lag;
    }
    long elapsed = nowNanos - startNanos;
    while (pictures.dueNanos() <= elapsed) {
      sink.picture(pictures.current(), pictures.timestamp());
      pictures.advance();
    }
    while (sounds.dueNanos() <= elapsed) {
      sink.sound(sounds.current(), sounds.timestamp());
      sounds.advance();
    }
    return startNanos + nextDue();
  }

  private long nextDue() {
    return Math.min(pictures.dueNanos(), sounds.dueNanos());
  }

  /** A position in one endlessly repeated track. */
  private static final class Cursor {
    private final List<ByteBuffer> items;
    private final int itemsPerSecond;
    private final int ticksPerItem;
    private long count;

    Cursor(List<ByteBuffer> items, int itemsPerSecond, int clockRate) {
      this.items = items;
      this.itemsPerSecond = itemsPerSecond;
      ticksPerItem = clockRate / itemsPerSecond;
    }

    long dueNanos() {
      return count * NANOS_PER_SECOND / itemsPerSecond;
    }

    ByteBuffer current() {
      return items.get((int) (count % items.size()));
    }

    long timestamp() {
      return count * ticksPerItem;
    }

    void advance() {
      count++;
    }
  }
}
