package dev.sluice.rate;

import java.util.function.LongUnaryOperator;

/**
 * What the source of a picture should not exceed, by what its viewers' links carry of it: of the
 * best viewer's, or of the slowest one's. Each tells at least once a window; what was told in the
 * last two counts, so that an event loop that is held up for a moment changes nothing.
 *
 * <p>Immutable, so that event loops can share it without a lock.
 */
public final class BitrateHint {
  /** longest time between two reports of one viewer */
  public static final long REPORT_NANOS = 500_000_000;

  /** stands for no limit */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final long WINDOW_NANOS = 2 * REPORT_NANOS;
  private static final long NONE = -1;
  private static final double SHARE_OF_NEWEST = 0.5;

  /** what the link is to keep for sound, repeats and larger pictures */
  private static final double FITS_WELL = 0.9;

  private static final double SIGNIFICANT = 0.05;

  private static final long OVER_AFTER_NANOS = 5_000_000_000L;

  private final long least;
  private final boolean bySlowest;
  private final long fromNanos;
  private final long windowEnd;
  private final long carried;
  private final long carriedBefore;
  private final double published;

  /** what the source sent before it was limited */
  private final double wanted;

  private final long bitrate;
  private final long limitedUntil;

  private BitrateHint(
      long least,
      boolean bySlowest,
      long fromNanos,
      long windowEnd,
      long carried,
      long carriedBefore,
      double published,
      double wanted,
      long bitrate,
      long limitedUntil) {
    this.least = least;
    this.bySlowest = bySlowest;
    this.fromNanos = fromNanos;
    this.windowEnd = windowEnd;
    this.carried = carried;
    this.carriedBefore = carriedBefore;
    this.published = published;
    this.wanted = wanted;
    this.bitrate = bitrate;
    this.limitedUntil = limitedUntil;
  }

  /**
   * Makes a hint without a limit.
   *
   * @param least bits per second below which no source is asked to go
   * @param bySlowest whether the slowest viewer counts, and not the best one
   * @param fromNanos when all viewers there are will have reported: no limit begins before
   * @return the hint
   */
  public static BitrateHint none(long least, boolean bySlowest, long fromNanos) {
    return new BitrateHint(least, bySlowest, fromNanos, 0, NONE, NONE, 0, 0, UNLIMITED, 0);
  }

  /** {@return the same without anything that viewers reported} */
  public BitrateHint cleared() {
    return none(least, bySlowest, fromNanos);
  }

  /** {@return bits per second that the source should not exceed, or {@link #UNLIMITED}} */
  public long bitrate() {
    return bitrate;
  }

  /**
   * Takes a viewer's report.
   *
   * @param nowNanos the time
   * @param reported bits per second that its link carries of the picture
   * @param source bits per second that come from the source at a moment; asked once a window
   * @return what holds from now on
   */
  public BitrateHint report(long nowNanos, long reported, LongUnaryOperator source) {
    if (carried == NONE) {
      return window(nowNanos, reported, source.applyAsLong(nowNanos), 0, UNLIMITED, 0);
    }
    if (nowNanos - windowEnd < 0) {
      long merged = merge(carried, reported);
      return merged == carried ? this : withCarried(merged);
    }
    double newest = source.applyAsLong(nowNanos);
    double smooth = published + SHARE_OF_NEWEST * (newest - published);
    return bitrate == UNLIMITED
        ? beginIfSlow(nowNanos, reported, smooth)
        : goOn(nowNanos, reported, smooth);
  }

  private BitrateHint beginIfSlow(long nowNanos, long reported, double smooth) {
    long judged = merge(carried, carriedBefore);
    long target = target(judged);
    boolean slow = judged < smooth && target < smooth && nowNanos - fromNanos >= 0;
    return window(
        nowNanos, reported, smooth, smooth, slow ? target : UNLIMITED, nowNanos + OVER_AFTER_NANOS);
  }

  /** over when the links carry what was sent before, whatever the source makes of it meanwhile */
  private BitrateHint goOn(long nowNanos, long reported, double smooth) {
    long target = target(merge(carried, carriedBefore));
    double whole = Math.max(wanted, smooth);
    long until = target >= whole ? limitedUntil : nowNanos + OVER_AFTER_NANOS;
    boolean changed = Math.abs(target - bitrate) >= SIGNIFICANT * bitrate;
    long hint = nowNanos - until >= 0 ? UNLIMITED : changed ? target : bitrate;
    return window(nowNanos, reported, smooth, whole, hint, until);
  }

  private long target(long judged) {
    return Math.max(least, (long) (FITS_WELL * judged));
  }

  private long merge(long one, long other) {
    if (other == NONE) {
      return one;
    }
    return bySlowest ? Math.min(one, other) : Math.max(one, other);
  }

  private BitrateHint window(
      long nowNanos, long reported, double smooth, double whole, long hint, long until) {
    return new BitrateHint(
        least,
        bySlowest,
        fromNanos,
        nowNanos + WINDOW_NANOS,
        reported,
        carried,
        smooth,
        whole,
        hint,
        until);
  }

  private BitrateHint withCarried(long merged) {
    return new BitrateHint(
        least,
        bySlowest,
        fromNanos,
        windowEnd,
        merged,
        carriedBefore,
        published,
        wanted,
        bitrate,
        limitedUntil);
  }
}
