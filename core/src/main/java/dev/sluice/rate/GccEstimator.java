package dev.sluice.rate;

import dev.sluice.rtcp.TransportFeedback;

/**
 * Google congestion control (draft-ietf-rmcat-gcc-02): what delay and loss tell of a link, the
 * smaller of both. Three things are added, since what is sent is a stream as it comes and not what
 * an encoder was asked for. A growing delay counts only where packets wait, so that jitter takes no
 * pictures away. Trains of packets show what a link carries that is not filled. And a link from
 * which nothing comes back carries nothing.
 */
public final class GccEstimator implements BandwidthEstimator {
  private static final long NONE = Long.MIN_VALUE;
  private static final long SILENCE_NANOS = 2_000_000_000;
  private static final long FEEDBACK_VALID_NANOS = 2_000_000_000;

  /** more reports without feedback: something keeps the feedback back, and the link is not down */
  private static final int MOST_REPORTS_IN_SILENCE = 3;

  private static final long REMB_VALID_NANOS = 5_000_000_000L;
  private static final long FIRST_RESPONSE_NANOS = 200_000_000;
  private static final int PROBE_BYTES = 7_200;
  private static final long PROBE_NANOS = 1_000_000_000;
  private static final int SIGN_OF_LIFE_BYTES = 100;
  private static final long SIGN_OF_LIFE_NANOS = 100_000_000;
  private static final int TYPICAL_BYTES = 1_100;
  private static final double FRACTION = 256;

  private final RateLimits limits;
  private final SentPackets sent = new SentPackets();
  private final TransportFeedback.ArrivalConsumer packets = this::onPacket;
  private final ByteRate sending = new ByteRate();
  private final ByteRate arriving = new ByteRate();
  private final ProvenCapacity capacity = new ProvenCapacity();
  private final LinkDelay delay = new LinkDelay(capacity);
  private final RateControl rate;
  private final LossControl loss;
  private final ReceiverReports reports;
  private long feedbackNanos = NONE;
  private long unansweredNanos = NONE;
  private long lastSentNanos;
  private boolean reported;
  private long responseNanos = FIRST_RESPONSE_NANOS;
  private long remb;
  private long rembNanos = NONE;
  private long probedNanos = NONE;
  private int reportsInSilence;
  private long sentBitrate;

  /** the queue holds more than is remembered: what arrives was sent too long ago */
  private boolean outrun;

  /**
   * Makes an estimator that knows nothing of its link.
   *
   * @param limits bounds of the estimate
   */
  public GccEstimator(RateLimits limits) {
    this.limits = limits;
    rate = new RateControl(limits);
    loss = new LossControl(limits);
    reports = new ReceiverReports(rate, loss);
  }

  @Override
  public void onPacketSent(int sequenceNumber, long nowNanos, int bytes) {
    sent.add(sequenceNumber, nowNanos, bytes);
    if (sending.add(nowNanos, bytes) && !reported) {
      sentBitrate = (long) sending.bitrate();
    }
    if (unansweredNanos == NONE || nowNanos - lastSentNanos > SILENCE_NANOS) {
      unansweredNanos = nowNanos;
    }
    lastSentNanos = nowNanos;
  }

  @Override
  public boolean onTransportFeedback(long nowNanos, byte[] buffer, int offset) {
    if (TransportFeedback.statusCount(buffer, offset) > SentPackets.CAPACITY) {
      return false;
    }
    if (isSilent(nowNanos)) {
      forgetLink();
    }
    reported = true;
    feedbackNanos = nowNanos;
    unansweredNanos = NONE;
    outrun = false;
    TransportFeedback.forEachPacket(buffer, offset, packets);
    sentBitrate = (long) sending.bitrate();
    loss.update(nowNanos, sentBitrate, delay.hasQueue());
    control(nowNanos);
    return true;
  }

  @Override
  public void onReceiverReport(long nowNanos, int fractionLost, long roundTripNanos) {
    reported = true;
    reportsInSilence = isSilent(nowNanos) ? reportsInSilence + 1 : 0;
    if (reportsInSilence > MOST_REPORTS_IN_SILENCE) {
      feedbackNanos = NONE;
    }
    if (feedbackNanos == NONE) {
      sentBitrate = (long) sending.bitrate();
      reports.onReport(nowNanos, fractionLost / FRACTION, roundTripNanos, sentBitrate);
    }
  }

  @Override
  public void onRemb(long nowNanos, long bitrate) {
    remb = bitrate;
    rembNanos = nowNanos;
  }

  @Override
  public long estimate(long nowNanos) {
    if (isSilent(nowNanos)) {
      return 0;
    }
    double least = Math.min(rate.bitrate(), loss.bound());
    return limits.clamp(
        isRecent(rembNanos, nowNanos, REMB_VALID_NANOS) ? Math.min(least, remb) : least);
  }

  @Override
  public long responseNanos() {
    return responseNanos;
  }

  @Override
  public long sentBitrate() {
    return sentBitrate;
  }

  @Override
  public int probeBytes(long nowNanos, long wantedBitrate) {
    boolean silent = isSilent(nowNanos);
    if (!silent && !isWorthProbing(nowNanos, wantedBitrate)) {
      return 0;
    }
    if (isRecent(probedNanos, nowNanos, silent ? SIGN_OF_LIFE_NANOS : PROBE_NANOS)) {
      return 0;
    }
    probedNanos = nowNanos;
    return silent ? SIGN_OF_LIFE_BYTES : PROBE_BYTES;
  }

  private boolean isWorthProbing(long nowNanos, long wantedBitrate) {
    return isRecent(feedbackNanos, nowNanos, FEEDBACK_VALID_NANOS)
        && estimate(nowNanos) < Math.min(wantedBitrate, limits.greatest())
        && !delay.hasQueue()
        && nowNanos - capacity.newestNanos() > PROBE_NANOS;
  }

  private void onPacket(int sequenceNumber, long arrivalNanos) {
    boolean arrived = arrivalNanos != TransportFeedback.NOT_RECEIVED;
    if (!sent.contains(sequenceNumber)) {
      if (arrived && sent.isOutrun(sequenceNumber)) {
        outrun = true;
        arriving.add(arrivalNanos, TYPICAL_BYTES);
      }
      return;
    }
    boolean wasLost = sent.isLost(sequenceNumber);
    if (arrived) {
      onArrival(sequenceNumber, arrivalNanos, wasLost);
    } else if (!wasLost) {
      sent.lost(sequenceNumber);
      loss.lost();
    }
  }

  private void onArrival(int sequenceNumber, long arrivalNanos, boolean wasLost) {
    long sentNanos = sent.sentNanos(sequenceNumber, feedbackNanos);
    int bytes = sent.bytes(sequenceNumber);
    sent.forget(sequenceNumber);
    responseNanos = feedbackNanos - sentNanos;
    arriving.add(arrivalNanos, bytes);
    if (wasLost) {
      loss.late();
      return;
    }
    loss.arrived();
    delay.add(feedbackNanos, sentNanos, arrivalNanos, bytes);
  }

  private void control(long nowNanos) {
    double carried = Math.max(arriving.bitrate(), capacity.bitrate(nowNanos));
    LinkUse use = outrun ? LinkUse.OVER : delay.use(rate.bitrate());
    switch (use) {
      case OVER -> decrease(nowNanos, Math.min(rate.bitrate(), carried));
      case UNDER -> rate.hold(nowNanos);
      case NORMAL -> {
        rate.increase(nowNanos, carried, responseNanos);
        rate.set(capacity.raise(nowNanos, rate.bitrate()));
      }
    }
  }

  private void decrease(long nowNanos, double carried) {
    rate.hold(nowNanos);
    if (rate.decrease(nowNanos, carried, responseNanos)) {
      capacity.overused(nowNanos);
      delay.decreased();
    }
  }

  private boolean isSilent(long nowNanos) {
    return feedbackNanos != NONE
        && unansweredNanos != NONE
        && nowNanos - unansweredNanos > SILENCE_NANOS;
  }

  private void forgetLink() {
    sent.restart();
    delay.clear();
  }

  private static boolean isRecent(long nanos, long nowNanos, long limit) {
    return nanos != NONE && nowNanos - nanos < limit;
  }
}
