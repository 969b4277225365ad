package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.loop.Counter;
import dev.sluice.rate.SoundRuns;
import dev.sluice.rate.Thinning;
import dev.sluice.stream.Track;
import org.jspecify.annotations.Nullable;

/**
 * Fits a track to a viewer's link: which packets wait, and which access units the viewer does not
 * get. A link that carries all costs a look at its estimate a run; only one that shows to carry
 * less is paced and thinned, until it has carried everything for a while.
 */
public final class LinkFit implements LinkShares.Picture {
  private static final long WHOLE_AFTER_NANOS = 2_000_000_000;
  private static final double FITS_WELL = 1.2;

  /** keyframes are large for everybody: links that carry less bring a stream no more of them */
  private static final long KEYFRAME_DISTANCE_NANOS = 2_000_000_000;

  private static final long WAITING_NANOS = 100_000_000;

  private final SenderTransport transport;
  private final SentFigures figures;
  private final boolean picture;
  private Track track;
  private final Counter withheld = new Counter();
  private @Nullable Thinning thinning;
  private @Nullable SoundRuns sound;
  private volatile boolean thinned;
  private long aim;
  private long chargedBytes;
  private long waitedNanos;
  private long fitsSince;
  private long withheldNanos;
  private boolean decided;
  private boolean admitted;
  private int timestamp;

  LinkFit(SenderTransport transport, Track track, SentFigures figures) {
    this.transport = transport;
    this.track = track;
    this.figures = figures;
    picture = track.isVideo();
    if (picture) {
      transport.link().shares().add(this);
    }
  }

  @Override
  public long octets() {
    return figures.octets();
  }

  @Override
  public long need(long nowNanos) {
    if (thinning != null && nowNanos - waitedNanos < WAITING_NANOS) {
      return Long.MAX_VALUE;
    }
    return isCut() ? 0 : track.bitrate(nowNanos);
  }

  /** what the track may take of what the link carries, in bits per second */
  long bitrate(long nowNanos) {
    ViewerLink link = transport.link();
    if (picture && link.isTooSlowForSound(nowNanos)) {
      return 0;
    }
    return link.shares().part(this, link.bitrate(nowNanos), nowNanos);
  }

  /** {@return access units that the viewer did not get; any thread} */
  public long withheld() {
    return withheld.get();
  }

  /** {@return whether access units are left out at present; any thread} */
  public boolean isThinned() {
    return thinned;
  }

  /**
   * What the link is asked to carry before it is taken to be fast again.
   *
   * @param bitrate of a better rendition of the track, in bits per second; 0 where this is the best
   */
  void aim(long bitrate) {
    aim = bitrate;
  }

  /** Another rendition is sent from now on: nothing is known of its layers. */
  void restart(Track rendition, long nowNanos) {
    track = rendition;
    if (thinning != null) {
      begin(nowNanos);
    }
  }

  /** whether packets may have to wait, or to be left out */
  boolean isLimited(long nowNanos) {
    return isActive() || transport.link().isLimited(nowNanos);
  }

  boolean isActive() {
    return thinning != null || sound != null;
  }

  /** whether nothing is sent before the next keyframe */
  boolean isCut() {
    return thinning != null && thinning.isCut();
  }

  /** whether the link is back from an outage, and the viewer waits for a keyframe to go on at */
  boolean isBack(long nowNanos) {
    return thinning != null && thinning.isInterrupted() && bitrate(nowNanos) > 0;
  }

  /** Begins to fit the track to the link where that is needed, and ends it where it was. */
  void update(long nowNanos) {
    if (!isActive() && isLimited(nowNanos)) {
      begin(nowNanos);
    } else if (thinning != null && isOver(thinning, nowNanos)) {
      thinning = null;
      setThinned(false);
    } else if (thinned && nowNanos - withheldNanos >= WHOLE_AFTER_NANOS) {
      setThinned(false);
    }
  }

  /** whether the next packet may leave now */
  boolean mayGo(long nowNanos) {
    if (thinning == null) {
      return true;
    }
    long bytes = bytes();
    thinning.sent(bytes - chargedBytes);
    chargedBytes = bytes;
    boolean goes = thinning.mayGo(nowNanos, bitrate(nowNanos));
    waitedNanos = goes ? waitedNanos : nowNanos;
    return goes;
  }

  private long bytes() {
    return transport.link().shares().bytes(this, transport.link().sentBytes());
  }

  /**
   * Whether the viewer gets a packet. That is decided for whole access units; what is left of one
   * that was begun before is sent.
   *
   * @param begins whether an access unit ended before
   * @param dueNanos when it could have been sent, were it not for the link
   */
  boolean admits(PacketLog log, long position, boolean begins, long dueNanos, long nowNanos) {
    if (sound != null) {
      return admitsSound(sound, nowNanos);
    }
    if (thinning == null) {
      return true;
    }
    Ring ring = log.ring();
    boolean keyframe = position == log.newestKeyframe();
    boolean another = decided && ring.timestamp(position) != timestamp;
    if (begins || another || keyframe) {
      decided = true;
      timestamp = ring.timestamp(position);
      admitted =
          thinning.admits(
              nowNanos,
              bitrate(nowNanos),
              dueNanos,
              ring.marks(position),
              keyframe,
              log.newestKeyframe() > position);
      count(nowNanos);
    }
    thinning.packet(ring.length(position));
    return admitted;
  }

  /** where nothing comes back, sound is what shows that the link is there again */
  private boolean admitsSound(SoundRuns runs, long nowNanos) {
    ViewerLink link = transport.link();
    admitted = link.bitrate(nowNanos) == 0 || runs.admits(nowNanos, link.responseNanos());
    if (!admitted) {
      link.soundWithheld(nowNanos);
    }
    count(nowNanos);
    return admitted;
  }

  /** bytes of padding to send now; a keyframe is asked for where one is needed */
  int tend(PacketLog log, long nowNanos) {
    if (thinning == null) {
      return 0;
    }
    if (thinning.wantsKeyframe(nowNanos, bitrate(nowNanos))
        && (thinning.isInterrupted() || !hasNewKeyframe(log, nowNanos))) {
      transport.needKeyframe(track);
    }
    ViewerLink link = transport.link();
    if (link.isTooSlowForSound(nowNanos)) {
      return 0;
    }
    long others = link.bitrate(nowNanos) - bitrate(nowNanos);
    return link.probeBytes(nowNanos, Math.max(aim, thinning.wantedBitrate()) + others);
  }

  private void begin(long nowNanos) {
    if (!picture) {
      sound = new SoundRuns(nowNanos);
      return;
    }
    thinning = new Thinning(transport.link().shares().count());
    chargedBytes = bytes();
    fitsSince = nowNanos;
    waitedNanos = nowNanos - WAITING_NANOS;
    decided = false;
    admitted = true;
  }

  private static boolean hasNewKeyframe(PacketLog log, long nowNanos) {
    long keyframe = log.newestKeyframe();
    return keyframe >= 0 && nowNanos - log.ring().arrivalNanos(keyframe) < KEYFRAME_DISTANCE_NANOS;
  }

  private boolean isOver(Thinning present, long nowNanos) {
    boolean fits =
        aim == 0
            && !present.isThinned()
            && bitrate(nowNanos) >= FITS_WELL * present.wantedBitrate()
            && !transport.link().isLimited(nowNanos);
    fitsSince = fits ? fitsSince : nowNanos;
    return nowNanos - fitsSince >= WHOLE_AFTER_NANOS;
  }

  private void count(long nowNanos) {
    if (!admitted) {
      withheld.increment();
      withheldNanos = nowNanos;
      setThinned(true);
    }
  }

  private void setThinned(boolean thins) {
    if (thins != thinned) {
      thinned = thins;
      transport.thinned(thins);
    }
  }
}
