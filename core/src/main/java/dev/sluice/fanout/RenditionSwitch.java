package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.rate.RenditionChoice;
import dev.sluice.stream.Rendition;
import dev.sluice.stream.Track;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which encoding of a picture a viewer gets: the one that the host wants, else the best that its
 * link carries. A viewer is moved at a keyframe that shows what comes after that which it has seen,
 * and until there is one it gets what it had.
 *
 * <p>On the viewer's event loop, but for {@link #want} and {@link #id}.
 */
public final class RenditionSwitch {
  private static final long TURN_NANOS = 200_000_000;
  private static final long SOON_NANOS = 20_000_000;

  /** a picture of one frame a second is not silent */
  private static final long SILENT_NANOS = 1_500_000_000;

  /** encodings of one source do not arrive at the same moment */
  private static final long OVERLAP_NANOS = 100_000_000;

  /** a picture that takes its link so long is given up for another rendition's */
  private static final long LONGEST_PICTURE_NANOS = 300_000_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final TrackSender sender;
  private final Track picture;
  private final ViewerLink link;
  private final RenditionChoice choice = new RenditionChoice();
  private volatile @Nullable String wanted;
  private volatile @Nullable String id;
  private boolean moving;
  private long movingSince;
  private long nextTurn = NEVER;

  /**
   * Makes a switch for a cursor on a track of the stream's own publisher.
   *
   * @param sender the cursor
   * @param link the viewer's
   */
  public RenditionSwitch(TrackSender sender, ViewerLink link) {
    this.sender = sender;
    this.link = link;
    picture = sender.track();
  }

  /**
   * The host decides; from any thread.
   *
   * @param rendition what the viewer gets as long as it is there; null to go by its link
   */
  public void want(@Nullable String rendition) {
    wanted = rendition;
  }

  /** {@return what is sent; null where there was never a choice; any thread} */
  public @Nullable String id() {
    return id;
  }

  /**
   * The viewer's media flows from now on.
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
   * Looks whether another rendition is to be sent.
   *
   * @param nowNanos the engine's clock
   * @return the one to move the cursor to now; null for none
   */
  public @Nullable Rendition turn(long nowNanos) {
    if (nowNanos - nextTurn < 0 && nextTurn != NEVER) {
      return null;
    }
    List<Rendition> renditions = picture.renditions();
    if (renditions.size() <= 1 && sender.track() == picture) {
      nextTurn = NEVER;
      sender.fit().aim(0);
      return null;
    }
    Rendition target = target(renditions, nowNanos);
    boolean moves = target != null && target.track() != sender.track();
    if (moves && !moving) {
      movingSince = nowNanos;
    }
    moving = moves;
    nextTurn = nowNanos + (moves ? SOON_NANOS : TURN_NANOS);
    if (target == null || !moves) {
      id = target == null ? id : target.id();
      return null;
    }
    return isSwitchPoint(target.track(), nowNanos) ? target : null;
  }

  /**
   * The cursor was moved.
   *
   * @param rendition what is sent from now on
   * @param before what was sent
   * @param nowNanos the engine's clock
   */
  public void moved(Rendition rendition, Track before, long nowNanos) {
    moving = false;
    id = rendition.id();
    choice.switched(nowNanos, rendition.track().bitrate(nowNanos) > before.bitrate(nowNanos));
  }

  private @Nullable Rendition target(List<Rendition> renditions, long nowNanos) {
    List<Rendition> living =
        renditions.stream()
            .filter(rendition -> isLiving(rendition.track(), nowNanos))
            .sorted(Comparator.comparingLong(rendition -> rendition.track().bitrate(nowNanos)))
            .toList();
    String named = wanted;
    for (Rendition rendition : living) {
      if (rendition.id().equals(named)) {
        sender.fit().aim(0);
        return rendition;
      }
    }
    return byLink(living, nowNanos);
  }

  private @Nullable Rendition byLink(List<Rendition> living, long nowNanos) {
    int current = -1;
    long[] bitrates = new long[living.size()];
    for (int i = 0; i < bitrates.length; i++) {
      Track track = living.get(i).track();
      bitrates[i] = track.bitrate(nowNanos);
      current = track == sender.track() ? i : current;
    }
    if (living.isEmpty() || (current >= 0 && bitrates[current] == 0)) {
      return null;
    }
    boolean confined = sender.fit().isActive();
    long carried = confined ? link.bitrate(nowNanos) : Long.MAX_VALUE;
    boolean hasBetter = current >= 0 && current + 1 < bitrates.length;
    sender
        .fit()
        .aim(
            confined && hasBetter
                ? (long) (bitrates[current + 1] / RenditionChoice.FITS_WELL) + 1
                : 0);
    return living.get(choice.choose(nowNanos, carried, bitrates, current));
  }

  private static boolean isLiving(Track track, long nowNanos) {
    PacketLog log = track.log();
    if (log == null || log.tail() == 0) {
      return false;
    }
    return nowNanos - log.ring().arrivalNanos(log.tail() - 1) < SILENT_NANOS;
  }

  /** Asks for a keyframe where there is none that the viewer can go on at. */
  private boolean isSwitchPoint(Track target, long nowNanos) {
    PacketLog log = target.log();
    long keyframe = log == null ? -1 : log.newestKeyframe();
    if (log == null || keyframe < 0 || !isNew(log, keyframe)) {
      target.requestKeyframe(nowNanos);
      return false;
    }
    return sender.isBetweenPictures() || nowNanos - movingSince >= LONGEST_PICTURE_NANOS;
  }

  private boolean isNew(PacketLog log, long keyframe) {
    long seen = sender.headers().timeline().lastArrivalNanos();
    long arrival = log.ring().arrivalNanos(keyframe);
    return (sender.figures().packets() == 0 || arrival - seen >= -OVERLAP_NANOS)
        && log.holds(keyframe);
  }
}
