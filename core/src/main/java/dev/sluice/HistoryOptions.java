package dev.sluice;

import dev.sluice.check.Check;
import java.time.Duration;

/** What a track's log keeps. The memory is a track's, however many viewers it has. */
public final class HistoryOptions extends OptionGroup<HistoryOptions> {
  /** the defaults */
  public static final HistoryOptions DEFAULT = new HistoryOptions();

  private Duration duration = Duration.ofSeconds(1);
  private int maxBytes = 4 << 20;
  private LateJoin lateJoin = LateJoin.NEWEST_KEYFRAME;
  private Duration maxCatchUp = Duration.ofSeconds(6);

  private HistoryOptions() {}

  /** {@return how long packets are kept for retransmission, 0 to 10 s. Default 1 s} */
  public Duration duration() {
    return duration;
  }

  /**
   * With another duration.
   *
   * @param time how long packets are kept
   * @return the changed options
   */
  public HistoryOptions withDuration(Duration time) {
    return with(copy -> copy.duration = time);
  }

  /**
   * {@return how large a log may grow, 64 KiB to 256 MiB; a larger keyframe or a longer history is
   * cut to it. Default 4 MiB}
   */
  public int maxBytes() {
    return maxBytes;
  }

  /**
   * With another limit.
   *
   * @param bytes how large a log may grow
   * @return the changed options
   */
  public HistoryOptions withMaxBytes(int bytes) {
    return with(copy -> copy.maxBytes = bytes);
  }

  /** {@return where a new viewer starts. Default at the newest keyframe} */
  public LateJoin lateJoin() {
    return lateJoin;
  }

  /**
   * With another start for new viewers.
   *
   * @param start where they start
   * @return the changed options
   */
  public HistoryOptions withLateJoin(LateJoin start) {
    return with(copy -> copy.lateJoin = start);
  }

  /**
   * {@return how old a keyframe in the log may be for a viewer to start at it, 0 to 60 s. Default 6
   * s}
   */
  public Duration maxCatchUp() {
    return maxCatchUp;
  }

  /**
   * With another limit of what is caught up with.
   *
   * @param age of the keyframe that a viewer may start at
   * @return the changed options
   */
  public HistoryOptions withMaxCatchUp(Duration age) {
    return with(copy -> copy.maxCatchUp = age);
  }

  void validate() {
    Check.range("history.duration", duration, Duration.ZERO, Duration.ofSeconds(10));
    Check.range("history.maxBytes", maxBytes, 64 << 10, 256 << 20);
    Check.present("history.lateJoin", lateJoin, "NEWEST_KEYFRAME or NEXT_KEYFRAME");
    Check.range("history.maxCatchUp", maxCatchUp, Duration.ZERO, Duration.ofSeconds(60));
  }
}
