package dev.sluice.fanout;

import dev.sluice.rate.BandwidthEstimator;
import dev.sluice.rate.UnlimitedLink;
import java.util.function.Supplier;

/**
 * The link of one viewer: numbers its packets transport-wide and knows what it carries. On the
 * viewer's event loop, but for {@link #estimate()}.
 */
public final class ViewerLink {
  private static final long UNKNOWN = -1;
  private static final long SOUND_WHOLE_AFTER_NANOS = 5_000_000_000L;

  private final Supplier<BandwidthEstimator> estimators;
  private final boolean numbered;
  private final LinkShares shares = new LinkShares();
  private BandwidthEstimator estimator;
  private int sequence;
  private long sentBytes;
  private boolean tooSlowForSound;
  private long soundWithheldNanos;
  private volatile long estimate = UNKNOWN;

  /**
   * Makes the link of a viewer.
   *
   * @param estimators make an estimator for each path
   * @param numbered whether packets with a transport-wide sequence number are what is estimated by;
   *     else all are
   */
  public ViewerLink(Supplier<BandwidthEstimator> estimators, boolean numbered) {
    this.estimators = estimators;
    this.numbered = numbered;
    estimator = estimators.get();
  }

  /** {@return a link that is taken to carry whatever is sent} */
  public static ViewerLink unlimited() {
    return new ViewerLink(UnlimitedLink::new, false);
  }

  /** whether packets are numbered, so that padding shows what it carries */
  boolean isNumbered() {
    return numbered;
  }

  /** The viewer is reached in another way from now on: nothing is known of that one. */
  public void newPath() {
    estimator = estimators.get();
    estimate = UNKNOWN;
  }

  /** transport-wide sequence number of the next packet */
  int nextSequence() {
    return sequence;
  }

  /** a packet leaves */
  void sent(long nowNanos, int bytes, boolean hasNumber) {
    sentBytes += bytes;
    if (hasNumber == numbered) {
      estimator.onPacketSent(sequence++, nowNanos, bytes);
    }
  }

  /** among the viewer's pictures */
  LinkShares shares() {
    return shares;
  }

  /** bytes of all packets so far */
  long sentBytes() {
    return sentBytes;
  }

  /** bits per second that it carries; 0 while nothing comes back */
  long bitrate(long nowNanos) {
    return estimator.estimate(nowNanos);
  }

  /** how long it takes a packet to be answered; see {@link BandwidthEstimator} */
  long responseNanos() {
    return estimator.responseNanos();
  }

  /** sound was left out */
  void soundWithheld(long nowNanos) {
    tooSlowForSound = true;
    soundWithheldNanos = nowNanos;
  }

  /** whether there is nothing left for pictures, since not even sound passes whole */
  boolean isTooSlowForSound(long nowNanos) {
    tooSlowForSound &= nowNanos - soundWithheldNanos < SOUND_WHOLE_AFTER_NANOS;
    return tooSlowForSound;
  }

  /** whether it carries less than what was sent of late */
  boolean isLimited(long nowNanos) {
    return bitrate(nowNanos) < estimator.sentBitrate();
  }

  /** whether it carries a multiple of what was sent of late */
  boolean carries(double times, long nowNanos) {
    return bitrate(nowNanos) >= times * estimator.sentBitrate();
  }

  /** bytes of padding that would show whether it carries more; see {@link BandwidthEstimator} */
  int probeBytes(long nowNanos, long wantedBitrate) {
    return estimator.probeBytes(nowNanos, wantedBitrate);
  }

  /**
   * Takes transport-wide feedback.
   *
   * @param nowNanos the engine's clock
   * @param buffer holds a valid message; borrowed
   * @param offset of the message
   * @return false if it cannot be read, see {@link BandwidthEstimator}
   */
  public boolean onTransportFeedback(long nowNanos, byte[] buffer, int offset) {
    if (!numbered) {
      return true;
    }
    boolean readable = estimator.onTransportFeedback(nowNanos, buffer, offset);
    learn(nowNanos);
    return readable;
  }

  /**
   * Takes a report block on the viewer's picture, or on its sound where it has nothing else.
   *
   * @param nowNanos the engine's clock
   * @param fractionLost share of packets lost since the report before, in 1/256
   * @param roundTripNanos round trip by this report, -1 when unknown
   */
  public void onReceiverReport(long nowNanos, int fractionLost, long roundTripNanos) {
    estimator.onReceiverReport(nowNanos, fractionLost, roundTripNanos);
    learn(nowNanos);
  }

  /**
   * Takes the viewer's own estimate.
   *
   * @param nowNanos the engine's clock
   * @param bitrate in bits per second
   */
  public void onRemb(long nowNanos, long bitrate) {
    estimator.onRemb(nowNanos, bitrate);
    learn(nowNanos);
  }

  /**
   * {@return bits per second that the link is taken to carry by the newest report; -1 before the
   * first one and where nothing is estimated; any thread}
   */
  public long estimate() {
    return estimate;
  }

  private void learn(long nowNanos) {
    long newest = estimator.estimate(nowNanos);
    estimate = newest == Long.MAX_VALUE ? UNKNOWN : newest;
  }
}
