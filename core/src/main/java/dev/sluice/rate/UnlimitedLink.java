package dev.sluice.rate;

/** A link that is not estimated: it is taken to carry whatever is sent. */
public final class UnlimitedLink implements BandwidthEstimator {

  /** Makes one. */
  public UnlimitedLink() {}

  @Override
  public void onPacketSent(int sequenceNumber, long nowNanos, int bytes) {}

  @Override
  public boolean onTransportFeedback(long nowNanos, byte[] buffer, int offset) {
    return true;
  }

  @Override
  public void onReceiverReport(long nowNanos, int fractionLost, long roundTripNanos) {}

  @Override
  public void onRemb(long nowNanos, long bitrate) {}

  @Override
  public long estimate(long nowNanos) {
    return Long.MAX_VALUE;
  }

  @Override
  public long sentBitrate() {
    return 0;
  }

  @Override
  public int probeBytes(long nowNanos, long wantedBitrate) {
    return 0;
  }
}
