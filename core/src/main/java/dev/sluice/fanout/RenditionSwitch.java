package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.rate.RenditionChoice;
import dev.sluice.stream.RankedRenditions;
import dev.sluice.stream.Rendition;
import dev.sluice.stream.Track;
import java.util.function.Predicate;
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

  /** encodings of one source do not arrive at the same moment */
  private static final long OVERLAP_NANOS = 100_000_000;

  /** a picture that takes its link so long is given up for another rendition's */
  private static final long LONGEST_PICTURE_NANOS = 300_000_000;

  /** many who waver bring everybody no more keyframes than that */
  private static final long KEYFRAME_DISTANCE_NANOS = 1_000_000_000;

  /** a link that cannot be probed, and so much better than what is sent, may carry the next one */
  private static final double PLENTY = 1.3;

  private static final long NEVER = Long.MAX_VALUE;

  private final TrackSender sender;
  private final Track picture;
  private final ViewerLink link;
  private final RenditionChoice choice = new RenditionChoice();
  private volatile @Nullable String wanted;
  private volatile @Nullable String id;
  private @Nullable Rendition target;
  private int direction;
  private long chosenNanos;
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
    if (nextTurn != NEVER && nowNanos - nextTurn < 0) {
      return null;
    }
    if (picture.renditions().size() <= 1 && sender.track() == picture) {
      rest();
      return null;
    }
    if (target == null || nowNanos - chosenNanos >= TURN_NANOS) {
      choose(nowNanos);
    }
    Rendition next = target;
    boolean moves = next != null && next.track() != sender.track();
    if (moves && !moving) {
      movingSince = nowNanos;
    }
    moving = moves;
    nextTurn = nowNanos + (moves ? SOON_NANOS : TURN_NANOS);
    if (next == null || !moves) {
      id = next == null ? id : next.id();
      target = null;
      return null;
    }
    return isSwitchPoint(next.track(), nowNanos) ? next : null;
  }

  /**
   * The cursor was moved.
   *
   * @param rendition what is sent from now on
   * @param nowNanos the engine's clock
   */
  public void moved(Rendition rendition, long nowNanos) {
    moving = false;
    target = null;
    id = rendition.id();
    if (direction == 0) {
      choice.settle();
    } else {
      choice.switched(nowNanos, direction > 0);
    }
  }

  /** there is nothing to choose from */
  private void rest() {
    nextTurn = NEVER;
    target = null;
    sender.fit().aim(0);
    for (Rendition only : picture.renditions()) {
      id = id == null ? null : only.id();
    }
  }

  private void choose(long nowNanos) {
    chosenNanos = nowNanos;
    direction = 0;
    target = named(nowNanos);
    if (target == null) {
      target = byLink(nowNanos);
    } else {
      sender.fit().aim(0);
    }
  }

  private @Nullable Rendition named(long nowNanos) {
    String named = wanted;
    return named == null ? null : firstFlowing(rendition -> rendition.id().equals(named), nowNanos);
  }

  private @Nullable Rendition firstFlowing(Predicate<Rendition> wanted, long nowNanos) {
    for (Rendition rendition : picture.renditions()) {
      if (wanted.test(rendition) && RankedRenditions.isFlowing(rendition.track(), nowNanos)) {
        return rendition;
      }
    }
    return null;
  }

  /** null to leave it as it is */
  private @Nullable Rendition byLink(long nowNanos) {
    RankedRenditions ranked = picture.ranked(nowNanos);
    int current = ranked.indexOf(sender.track());
    if (current < 0) {
      sender.fit().aim(0);
      boolean stays = firstFlowing(each -> each.track() == sender.track(), nowNanos) != null;
      return stays ? null : another(ranked, nowNanos);
    }
    int chosen =
        choice.choose(nowNanos, carried(ranked, current, nowNanos), ranked.bitrates(), current);
    direction = Integer.signum(chosen - current);
    return ranked.renditions().get(chosen);
  }

  /** what is sent is not published any more, or its publisher has fallen silent */
  private @Nullable Rendition another(RankedRenditions ranked, long nowNanos) {
    if (ranked.renditions().isEmpty()) {
      return firstFlowing(any -> true, nowNanos);
    }
    long carried = sender.fit().isActive() ? sender.fit().bitrate(nowNanos) : Long.MAX_VALUE;
    return ranked.renditions().get(choice.choose(nowNanos, carried, ranked.bitrates(), -1));
  }

  /** what the link carries, which is asked to show that it carries the next one */
  private long carried(RankedRenditions ranked, int current, long nowNanos) {
    boolean hasBetter = current + 1 < ranked.bitrates().length;
    if (!sender.fit().isActive()) {
      sender.fit().aim(0);
      return Long.MAX_VALUE;
    }
    long needed =
        hasBetter ? (long) (ranked.bitrates()[current + 1] / RenditionChoice.FITS_WELL) + 1 : 0;
    sender.fit().aim(needed);
    long carried = sender.fit().bitrate(nowNanos);
    boolean mayTry =
        !link.isNumbered()
            && !sender.fit().isThinned()
            && carried >= PLENTY * ranked.bitrates()[current];
    return mayTry ? Math.max(carried, needed) : carried;
  }

  /** Asks for a keyframe where there is none that the viewer can go on at. */
  private boolean isSwitchPoint(Track next, long nowNanos) {
    PacketLog log = next.log();
    long keyframe = log == null ? -1 : log.newestKeyframe();
    if (log == null || keyframe < 0 || !isNew(log, keyframe, nowNanos)) {
      askForKeyframe(next, log, keyframe, nowNanos);
      return false;
    }
    return sender.isBetweenPictures() || nowNanos - movingSince >= LONGEST_PICTURE_NANOS;
  }

  private static void askForKeyframe(
      Track next, @Nullable PacketLog log, long newest, long nowNanos) {
    boolean justCame =
        log != null
            && newest >= 0
            && nowNanos - log.ring().arrivalNanos(newest) < KEYFRAME_DISTANCE_NANOS;
    if (!justCame) {
      next.requestKeyframe(nowNanos);
    }
  }

  private boolean isNew(PacketLog log, long keyframe, long nowNanos) {
    long seen = sender.headers().timeline().lastArrivalNanos();
    long arrival = log.ring().arrivalNanos(keyframe);
    boolean follows =
        sender.figures().packets() == 0
            || arrival - seen >= -OVERLAP_NANOS
            || !RankedRenditions.isFlowing(sender.track(), nowNanos);
    return follows && log.holds(keyframe);
  }
}
