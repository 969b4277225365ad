package dev.sluice;

import java.time.Duration;

/**
 * What a track's log keeps. The memory is a track's, however many viewers it has.
 *
 * @param duration how long packets are kept for retransmission, 0 to 10 s. Default 1 s
 * @param maxBytes how large a log may grow, 64 KiB to 256 MiB; a larger keyframe or a longer
 *     history is cut to it. Default 4 MiB
 * @param lateJoin where a new viewer starts. Default at the newest keyframe
 * @param maxCatchUp how old a keyframe in the log may be for a viewer to start at it, 0 to 60 s.
 *     Default 6 s
 */
public record HistoryOptions(
    Duration duration, int maxBytes, LateJoin lateJoin, Duration maxCatchUp) {

  /** the defaults */
  public static final HistoryOptions DEFAULT =
      new HistoryOptions(
          Duration.ofSeconds(1), 4 << 20, LateJoin.NEWEST_KEYFRAME, Duration.ofSeconds(6));

  /**
   * With another duration.
   *
   * @param time how long packets are kept
   * @return the changed options
   */
  public HistoryOptions withDuration(Duration time) {
    return new HistoryOptions(time, maxBytes, lateJoin, maxCatchUp);
  }

  /**
   * With another limit.
   *
   * @param bytes how large a log may grow
   * @return the changed options
   */
  public HistoryOptions withMaxBytes(int bytes) {
    return new HistoryOptions(duration, bytes, lateJoin, maxCatchUp);
  }

  /**
   * With another start for new viewers.
   *
   * @param start where they start
   * @return the changed options
   */
  public HistoryOptions withLateJoin(LateJoin start) {
    return new HistoryOptions(duration, maxBytes, start, maxCatchUp);
  }

  /**
   * With another limit of what is caught up with.
   *
   * @param age of the keyframe that a viewer may start at
   * @return the changed options
   */
  public HistoryOptions withMaxCatchUp(Duration age) {
    return new HistoryOptions(duration, maxBytes, lateJoin, age);
  }

  void validate() {
    Check.range("history.duration", duration, Duration.ZERO, Duration.ofSeconds(10));
    Check.range("history.maxBytes", maxBytes, 64 << 10, 256 << 20);
    Check.present("history.lateJoin", lateJoin, "NEWEST_KEYFRAME or NEXT_KEYFRAME");
    Check.range("history.maxCatchUp", maxCatchUp, Duration.ZERO, Duration.ofSeconds(60));
  }
}
