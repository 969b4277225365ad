package dev.sluice.stream;

import dev.sluice.log.PacketLog;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one publisher gives to a track, and who came after it. Event loops go from each to the next,
 * so that none misses a publisher that came and went while it was busy.
 *
 * <p>Safe for any thread.
 */
public final class Source {
  private final @Nullable PacketLog log;
  private final @Nullable Runnable keyframes;
  private volatile @Nullable ClockAnchor clock;
  private volatile LongSupplier greatestBitrate = () -> 0;
  private volatile LongUnaryOperator bitrate = now -> 0;
  private volatile @Nullable TrackHint hint;
  private volatile @Nullable Source next;

  /**
   * Makes the newest source of a track.
   *
   * @param log its media; null while nobody publishes
   * @param keyframes asks for a keyframe; null where nobody can be asked
   */
  public Source(@Nullable PacketLog log, @Nullable Runnable keyframes) {
    this.log = log;
    this.keyframes = keyframes;
  }

  /**
   * Tells how RTP timestamps relate to the engine's clock.
   *
   * @param anchor a point on both
   */
  public void clock(ClockAnchor anchor) {
    clock = anchor;
  }

  /** {@return a point on both clocks; null before the first packet} */
  public @Nullable ClockAnchor clock() {
    return clock;
  }

  /**
   * Tells how much comes at the most.
   *
   * @param measure the highest bit rate of late; called by any thread
   */
  public void greatestBitrate(LongSupplier measure) {
    greatestBitrate = measure;
  }

  long greatestBitrate() {
    return greatestBitrate.getAsLong();
  }

  /**
   * When what has an RTP timestamp was captured, as far as that is known.
   *
   * @param timestamp on the source's RTP clock
   * @param clockRate RTP ticks a second
   * @param nowNanos what holds while nothing is known
   * @return on the engine's clock
   */
  long captureNanos(int timestamp, int clockRate, long nowNanos) {
    ClockAnchor anchor = clock;
    return anchor == null ? nowNanos : anchor.nanosAt(timestamp, clockRate);
  }

  /**
   * Tells how much comes.
   *
   * @param measure bits per second at a moment on the engine's clock; called by any thread
   */
  public void bitrate(LongUnaryOperator measure) {
    bitrate = measure;
  }

  long bitrate(long nowNanos) {
    return bitrate.applyAsLong(nowNanos);
  }

  /**
   * Has the publisher told what its viewers' links carry.
   *
   * @param told what it is told
   */
  public void hint(TrackHint told) {
    hint = told;
  }

  @Nullable TrackHint hint() {
    return hint;
  }

  /** {@return its media; null while nobody publishes} */
  public @Nullable PacketLog log() {
    return log;
  }

  @Nullable Runnable keyframes() {
    return keyframes;
  }

  /** {@return what to read when everything of this one is read; null while it is the newest} */
  public @Nullable Source next() {
    return next;
  }

  void next(Source newer) {
    next = newer;
  }
}
