package dev.sluice.rate;

/**
 * Decides for each access unit whether one viewer gets it, so that the viewer sees as much as its
 * link carries and is not behind: all; no disposable pictures; no higher temporal layers; of each
 * group of pictures as many as go, in decoding order, so that nothing sent refers to what was not.
 *
 * <p>The caller asks {@link #mayGo} before each packet, {@link #admits} once at the first packet of
 * each access unit, tells each packet's size to {@link #packet}, sent or not, and all that leaves
 * to {@link #sent}.
 */
public final class Thinning {
  /** how far behind a viewer may be, and the time that its newest keyframe took besides */
  public static final long MOST_BEHIND_NANOS = 270_000_000;

  /** later than this, pictures give way to a keyframe that is there already */
  private static final long LATE_NANOS = 100_000_000;

  private static final long LONGEST_KEYFRAME_NANOS = 1_000_000_000;
  private static final long UP_AFTER_NANOS = 1_000_000_000;
  private static final long LONG_CUT_NANOS = 2_000_000_000;
  private static final double FITS_WELL = 0.9;

  private final LayerRates rates = new LayerRates();
  private final SendBudget budget;
  private int kept = LayerRates.DISPOSABLE;
  private boolean fitsWell;
  private long fitsWellSince;
  private boolean cut;
  private long cutSince;
  private boolean interrupted;
  private boolean risesAtKeyframe;
  private int rank;
  private boolean keyframe;
  private int keyframeBytes;
  private long keyframeNanos;

  /**
   * Makes one that has sent nothing.
   *
   * @param sharing how many pictures share the link
   */
  public Thinning(int sharing) {
    budget = new SendBudget(sharing);
  }

  /**
   * Whether the next packet may leave now; the rest waits in the log.
   *
   * @param nowNanos the time
   * @param bitrate what the link carries, {@link BandwidthEstimator#estimate}
   * @return false to ask again a few milliseconds later
   */
  public boolean mayGo(long nowNanos, long bitrate) {
    budget.advance(nowNanos, bitrate);
    return bitrate == 0 || budget.isOpen();
  }

  /**
   * Decides on an access unit.
   *
   * @param nowNanos the time
   * @param bitrate what the link carries
   * @param arrivalNanos when the access unit's first packet came from the publisher; the time
   *     itself while a viewer who has just joined catches up, so that it is not behind by that
   * @param marks of its picture, see {@link dev.sluice.rtp.PictureMarks}
   * @param isKeyframe whether decoding may start with it
   * @param keyframeWaits whether the log holds a keyframe behind it
   * @return whether the viewer gets it; if not, none of its packets is to be sent
   */
  public boolean admits(
      long nowNanos,
      long bitrate,
      long arrivalNanos,
      int marks,
      boolean isKeyframe,
      boolean keyframeWaits) {
    budget.advance(nowNanos, bitrate);
    rates.advance(nowNanos);
    rank = LayerRates.rank(marks);
    keyframe = isKeyframe;
    if (isKeyframe) {
      keyframeBytes = 0;
      keyframeNanos = 0;
    }
    long behind = nowNanos - arrivalNanos + budget.queueNanos();
    if (bitrate == 0) {
      cut(nowNanos);
      interrupted = true;
    } else {
      choose(nowNanos, bitrate, behind, keyframeWaits);
    }
    return !cut && rank <= kept;
  }

  /**
   * Counts a packet of the access unit that was decided on last.
   *
   * @param bytes of the packet
   */
  public void packet(int bytes) {
    rates.add(rank, bytes);
    if (keyframe) {
      keyframeBytes += bytes;
    }
  }

  /**
   * Counts bytes that take the link's time: packets of access units, repeats, padding, audio.
   *
   * @param bytes of the packets
   */
  public void sent(long bytes) {
    budget.spend(bytes);
  }

  /** {@return bits per second of all that the publisher sends} */
  public long wantedBitrate() {
    return (long) rates.total();
  }

  /** {@return whether nothing is sent before the next keyframe} */
  public boolean isCut() {
    return cut;
  }

  /** {@return whether nothing has been sent since the link was found to be down} */
  public boolean isInterrupted() {
    return interrupted;
  }

  /** {@return whether pictures are left out at present} */
  public boolean isThinned() {
    return cut || rates.hasBetween(kept, LayerRates.DISPOSABLE);
  }

  /**
   * Whether the publisher is to be asked for a keyframe: the link is back, or carries a higher
   * layer that has to begin with one, or the viewer has waited so long that its picture stands.
   *
   * @param nowNanos the time
   * @param bitrate what the link carries
   */
  public boolean wantsKeyframe(long nowNanos, long bitrate) {
    boolean longCut = cut && (interrupted || nowNanos - cutSince >= LONG_CUT_NANOS);
    return bitrate > 0 && (longCut || risesAtKeyframe);
  }

  private void choose(long nowNanos, long bitrate, long behind, boolean keyframeWaits) {
    chooseRank(nowNanos, bitrate);
    if (keyframe) {
      cut = behind > MOST_BEHIND_NANOS;
      cutSince = nowNanos;
      interrupted &= cut;
    } else if (keyframeWaits && behind > LATE_NANOS) {
      cut(nowNanos);
    } else if (rank <= kept && behind > mostBehind()) {
      fallBehind(nowNanos);
    }
  }

  private long mostBehind() {
    if (keyframeNanos == 0) {
      keyframeNanos = (long) Math.min(LONGEST_KEYFRAME_NANOS, budget.nanosOf(keyframeBytes));
    }
    return MOST_BEHIND_NANOS + keyframeNanos;
  }

  private void fallBehind(long nowNanos) {
    if (rank == LayerRates.DISPOSABLE) {
      kept = rank - 1;
      fitsWell = false;
    } else {
      cut(nowNanos);
    }
  }

  private void cut(long nowNanos) {
    if (!cut) {
      cut = true;
      cutSince = nowNanos;
    }
  }

  /** down at once; up when it has fitted for a while, and only where the decoder can take it */
  private void chooseRank(long nowNanos, long bitrate) {
    kept = Math.min(kept, rates.fitting(bitrate));
    risesAtKeyframe = false;
    int higher = rates.fitting(FITS_WELL * bitrate);
    if (higher <= kept) {
      fitsWell = false;
    } else if (!fitsWell) {
      fitsWell = true;
      fitsWellSince = nowNanos;
    } else if (nowNanos - fitsWellSince >= UP_AFTER_NANOS) {
      rise(higher);
    }
  }

  /** a picture of a temporal layer may refer to those of the same layer before it */
  private void rise(int higher) {
    risesAtKeyframe =
        !keyframe && rates.hasBetween(kept, Math.min(higher, LayerRates.DISPOSABLE - 1));
    kept = risesAtKeyframe ? kept : higher;
  }
}
