package dev.sluice.stream;

import dev.sluice.EngineConfiguration;
import dev.sluice.RateOptions;
import dev.sluice.rate.BitrateHint;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/** What one publisher is told of the links that its picture goes through. Safe for any thread. */
public final class TrackHint {
  private final AtomicReference<BitrateHint> hint;
  private final LongUnaryOperator published;
  private final BooleanSupplier wanted;
  private final LongConsumer changed;

  /**
   * Makes one that tells of no limit.
   *
   * @param none says whose links count
   * @param published bits per second that come at a moment
   * @param wanted whether anybody wants to be told
   * @param changed is told of each change, on the thread that caused it
   */
  public TrackHint(
      BitrateHint none, LongUnaryOperator published, BooleanSupplier wanted, LongConsumer changed) {
    hint = new AtomicReference<>(none);
    this.published = published;
    this.wanted = wanted;
    this.changed = changed;
  }

  /** what a publisher that comes now is told of one of its pictures */
  static TrackHint of(
      Publication publisher, LogInput input, EngineConfiguration configuration, long nowNanos) {
    RateOptions rate = configuration.rate();
    long from = nowNanos + 2 * configuration.session().reportInterval().toNanos();
    return new TrackHint(
        BitrateHint.none(rate.leastHint(), rate.hintBySlowest(), from),
        input::bitrate,
        publisher::wantsBitrateHints,
        bitrate -> publisher.hintBitrate(input.name(), bitrate));
  }

  boolean isWanted() {
    return wanted.getAsBoolean();
  }

  /** a viewer's link carries a bit rate of the picture */
  void report(long nowNanos, long carried) {
    BitrateHint before;
    BitrateHint after;
    do {
      before = hint.get();
      after = before.report(nowNanos, carried, published);
    } while (!hint.compareAndSet(before, after));
    tell(before, after);
  }

  /** nobody watches the picture any more */
  void clear() {
    BitrateHint before = hint.getAndUpdate(BitrateHint::cleared);
    tell(before, before.cleared());
  }

  private void tell(BitrateHint before, BitrateHint after) {
    if (before.bitrate() != after.bitrate()) {
      changed.accept(after.bitrate());
    }
  }
}
