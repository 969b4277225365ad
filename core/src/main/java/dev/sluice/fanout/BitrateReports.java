package dev.sluice.fanout;

import dev.sluice.rate.BitrateHint;
import dev.sluice.stream.Track;
import java.util.List;

/**
 * Tells the publishers of pictures that a viewer gets what its link carries of them, while any of
 * them wants to know. Where there is sound, that goes first; several pictures share the rest.
 */
public final class BitrateReports {
  private static final long NEVER = Long.MAX_VALUE;

  private final List<TrackSender> senders;
  private final ViewerLink link;
  private long nextTurn = NEVER;

  /**
   * Makes reports on a viewer.
   *
   * @param senders all its cursors
   * @param link the viewer's
   */
  public BitrateReports(List<TrackSender> senders, ViewerLink link) {
    this.senders = senders;
    this.link = link;
  }

  /**
   * The viewer's media flows from now on, or another publisher's.
   *
   * @param nowNanos the engine's clock
   */
  public void start(long nowNanos) {
    nextTurn = nowNanos;
  }

  /** {@return when {@link #turn} is to be called next} */
  public long nextTurn() {
    return nextTurn;
  }

  /**
   * Reports where it is time to; on the viewer's event loop.
   *
   * @param nowNanos the engine's clock
   */
  public void turn(long nowNanos) {
    if (nextTurn != NEVER && nowNanos - nextTurn < 0) {
      return;
    }
    boolean wanted = senders.stream().anyMatch(sender -> sender.track().wantsBitrateReports());
    nextTurn = wanted ? nowNanos + BitrateHint.REPORT_NANOS : NEVER;
    long carried = link.bitrate(nowNanos);
    if (wanted && carried > 0) {
      report(nowNanos, carried);
    }
  }

  private void report(long nowNanos, long carried) {
    long sound = published(nowNanos, false);
    double pictures = published(nowNanos, true);
    for (TrackSender sender : senders) {
      Track track = sender.track();
      if (track.wantsBitrateReports() && pictures > 0) {
        double share = track.bitrate(nowNanos) / pictures;
        track.reportBitrate(nowNanos, (long) (share * Math.max(0, carried - sound)));
      }
    }
  }

  private long published(long nowNanos, boolean pictures) {
    long sum = 0;
    for (TrackSender sender : senders) {
      sum += sender.track().isVideo() == pictures ? sender.track().bitrate(nowNanos) : 0;
    }
    return sum;
  }
}
