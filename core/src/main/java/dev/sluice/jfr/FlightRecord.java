package dev.sluice.jfr;

import dev.sluice.BitrateListener;
import dev.sluice.DisconnectReason;
import dev.sluice.JoinPhase;
import dev.sluice.LoopStatistics;
import dev.sluice.Publisher;
import dev.sluice.PublisherStatistics;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens, for Java Flight Recorder; nothing is computed unless it is recorded. */
public final class FlightRecord {
  /** an image of Java's runtime may have been made without it */
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecord() {}

  /**
   * A viewer was sent its first picture.
   *
   * @param viewer to whom
   */
  public static void joined(Viewer viewer) {
    if (!PRESENT) {
      return;
    }
    ViewerJoinedEvent event = new ViewerJoinedEvent();
    if (event.isEnabled()) {
      Map<JoinPhase, Duration> at = viewer.statistics().joined();
      event.stream = viewer.stream().name();
      event.address = text(viewer.remoteAddress());
      event.whole = nanos(at, JoinPhase.FIRST_FRAME);
      event.answer = nanos(at, JoinPhase.ANSWERED);
      event.check = between(at, JoinPhase.ANSWERED, JoinPhase.CHECKED);
      event.handshakeWait = between(at, JoinPhase.CHECKED, JoinPhase.HANDSHAKE_BEGUN);
      event.handshake = between(at, JoinPhase.HANDSHAKE_BEGUN, JoinPhase.HANDSHAKE_DONE);
      event.connect = between(at, JoinPhase.HANDSHAKE_DONE, JoinPhase.CONNECTED);
      event.firstFrame = between(at, JoinPhase.CONNECTED, JoinPhase.FIRST_FRAME);
      event.commit();
    }
  }

  /**
   * A viewer's session ended.
   *
   * @param viewer whose
   * @param reason why
   */
  public static void gone(Viewer viewer, DisconnectReason reason) {
    if (!PRESENT) {
      return;
    }
    ViewerGoneEvent event = new ViewerGoneEvent();
    if (event.isEnabled()) {
      ViewerStatistics statistics = viewer.statistics();
      event.stream = viewer.stream().name();
      event.address = text(viewer.remoteAddress());
      event.reason = reason.name();
      event.packetsSent = statistics.packetsSent();
      event.bytesSent = statistics.bytesSent();
      event.accessUnitsWithheld = statistics.accessUnitsWithheld();
      event.commit();
    }
    if (reason == DisconnectReason.HANDSHAKE_FAILED) {
      handshakeFailed(viewer);
    }
  }

  private static void handshakeFailed(Viewer viewer) {
    HandshakeFailedEvent event = new HandshakeFailedEvent();
    if (event.isEnabled()) {
      event.stream = viewer.stream().name();
      event.address = text(viewer.remoteAddress());
      event.commit();
    }
  }

  /**
   * A viewer fell behind.
   *
   * @param viewer who
   */
  public static void resynchronised(Viewer viewer) {
    if (!PRESENT) {
      return;
    }
    ResynchronisedEvent event = new ResynchronisedEvent();
    if (event.isEnabled()) {
      event.stream = viewer.stream().name();
      event.address = text(viewer.remoteAddress());
      event.commit();
    }
  }

  /**
   * A viewer does not get all pictures from now on, or gets all again.
   *
   * @param viewer who
   * @param thinned whether pictures are left out
   */
  public static void thinned(Viewer viewer, boolean thinned) {
    if (!PRESENT) {
      return;
    }
    ViewerThinnedEvent event = new ViewerThinnedEvent();
    if (event.isEnabled()) {
      ViewerStatistics statistics = viewer.statistics();
      event.stream = viewer.stream().name();
      event.address = text(viewer.remoteAddress());
      event.thinned = thinned;
      event.estimatedBitrate = statistics.estimatedBitrate();
      event.accessUnitsWithheld = statistics.accessUnitsWithheld();
      event.commit();
    }
  }

  /**
   * A viewer gets another encoding of the picture.
   *
   * @param viewer who
   * @param rendition what it is called
   */
  public static void renditionChanged(Viewer viewer, String rendition) {
    if (!PRESENT) {
      return;
    }
    RenditionChangedEvent event = new RenditionChangedEvent();
    if (event.isEnabled()) {
      event.stream = viewer.stream().name();
      event.address = text(viewer.remoteAddress());
      event.rendition = rendition;
      event.estimatedBitrate = viewer.statistics().estimatedBitrate();
      event.commit();
    }
  }

  /**
   * A publisher was told what the links of its viewers carry.
   *
   * @param publisher who
   * @param track of which of its tracks
   * @param bitrate bits per second, {@link BitrateListener#UNLIMITED} for no limit
   */
  public static void bitrateHint(Publisher publisher, String track, long bitrate) {
    if (!PRESENT) {
      return;
    }
    BitrateHintEvent event = new BitrateHintEvent();
    if (event.isEnabled()) {
      event.stream = publisher.stream().name();
      event.rendition = publisher.context().rendition();
      event.track = track;
      event.bitrate = bitrate == BitrateListener.UNLIMITED ? -1 : bitrate;
      event.commit();
    }
  }

  /**
   * A publisher came.
   *
   * @param publisher who
   */
  public static void up(Publisher publisher) {
    if (!PRESENT) {
      return;
    }
    PublisherUpEvent event = new PublisherUpEvent();
    if (event.isEnabled()) {
      event.stream = publisher.stream().name();
      event.protocol = publisher.context().protocol();
      event.address = text(publisher.context().remoteAddress());
      event.commit();
    }
  }

  /**
   * A publisher left.
   *
   * @param publisher who
   */
  public static void down(Publisher publisher) {
    if (!PRESENT) {
      return;
    }
    PublisherDownEvent event = new PublisherDownEvent();
    if (event.isEnabled()) {
      PublisherStatistics statistics = publisher.statistics();
      event.stream = publisher.stream().name();
      event.protocol = publisher.context().protocol();
      event.packetsReceived = statistics.packetsReceived();
      event.bytesReceived = statistics.bytesReceived();
      event.commit();
    }
  }

  /**
   * A publisher was asked for a keyframe.
   *
   * @param publisher who
   */
  public static void keyframeAskedFor(Publisher publisher) {
    if (!PRESENT) {
      return;
    }
    KeyframeAskedForEvent event = new KeyframeAskedForEvent();
    if (event.isEnabled()) {
      event.stream = publisher.stream().name();
      event.commit();
    }
  }

  /**
   * An event loop had no turn for long.
   *
   * @param loop how it is
   */
  public static void heldUp(LoopStatistics loop) {
    if (!PRESENT) {
      return;
    }
    EventLoopHeldUpEvent event = new EventLoopHeldUpEvent();
    if (event.isEnabled()) {
      event.loop = loop.name();
      event.sinceLastTurn = loop.sinceLastTurn().toNanos();
      event.commit();
    }
  }

  private static long between(Map<JoinPhase, Duration> at, JoinPhase from, JoinPhase to) {
    return nanos(at, to) - nanos(at, from);
  }

  private static long nanos(Map<JoinPhase, Duration> at, JoinPhase phase) {
    return at.getOrDefault(phase, Duration.ZERO).toNanos();
  }

  private static @Nullable String text(@Nullable Object address) {
    return address == null ? null : address.toString();
  }
}
