package dev.sluice.stream;

import dev.sluice.codec.Codec;
import dev.sluice.codec.MediaKind;
import dev.sluice.log.PacketLog;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One track of a stream as its viewers see it: the log of whoever publishes it at this moment, and
 * the event loops that read it. A new publisher brings a new log; viewers go on with that one.
 *
 * <p>Safe for any thread.
 */
public final class Track {
  private static final TrackReaders[] NONE = {};

  /** how many logs of publishers that left may wait for an event loop that is held up */
  private static final int MAX_UNREAD_LOGS = 4;

  private static final long ADVICE_INTERVAL_NANOS = 60_000_000_000L;

  private static final long RANKING_NANOS = 100_000_000;

  private final String name;
  private final Codec codec;
  private final long keyframeIntervalNanos;
  private final AtomicLong nextKeyframeRequest = new AtomicLong(Long.MIN_VALUE);
  private final AtomicInteger unreadLogs = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong nextAdvice = new AtomicLong(Long.MIN_VALUE);
  private volatile Source source = new Source(null, null);
  private volatile TrackReaders[] readers = NONE;
  private volatile List<Rendition> renditions = List.of();
  private volatile @Nullable RankedRenditions ranked;

  /**
   * Makes a track without a publisher.
   *
   * @param name how its first publisher calls it
   * @param codec what it carries
   * @param keyframeIntervalNanos least time between two requests for a keyframe
   */
  public Track(String name, Codec codec, long keyframeIntervalNanos) {
    this.name = name;
    this.codec = codec;
    this.keyframeIntervalNanos = keyframeIntervalNanos;
  }

  /** {@return how its first publisher calls it} */
  public String name() {
    return name;
  }

  /** {@return what it carries} */
  public Codec codec() {
    return codec;
  }

  /** {@return whether decoding must start at a keyframe} */
  public boolean isVideo() {
    return codec.kind() == MediaKind.VIDEO;
  }

  /** {@return RTP ticks a second} */
  public int clockRate() {
    return codec.clockRate();
  }

  boolean isPublished() {
    return log() != null;
  }

  /** {@return what its publisher writes; null while there is none} */
  public @Nullable PacketLog log() {
    return source.log();
  }

  /**
   * How much comes from its publisher.
   *
   * @param nowNanos the engine's clock
   * @return bits per second of the last second
   */
  public long bitrate(long nowNanos) {
    return source.bitrate(nowNanos);
  }

  long greatestBitrate() {
    return source.greatestBitrate();
  }

  /** {@return whether its publisher wants to know what viewers' links carry of it} */
  public boolean wantsBitrateReports() {
    TrackHint hint = source.hint();
    return hint != null && hint.isWanted();
  }

  /**
   * Takes note of what a viewer's link carries of it.
   *
   * @param nowNanos the engine's clock
   * @param carried bits per second
   */
  public void reportBitrate(long nowNanos, long carried) {
    TrackHint hint = source.hint();
    if (hint != null) {
      hint.report(nowNanos, carried);
    }
  }

  /** {@return its encodings, itself first; none of what has no picture} */
  public List<Rendition> renditions() {
    return renditions;
  }

  /**
   * Tells which encodings of it there are.
   *
   * @param published itself first
   */
  public void renditions(List<Rendition> published) {
    renditions = published;
    ranked = null;
  }

  /**
   * Its encodings by their bit rates, found once for all viewers.
   *
   * @param nowNanos the engine's clock
   * @return as of a moment ago
   */
  public RankedRenditions ranked(long nowNanos) {
    RankedRenditions last = ranked;
    if (last == null || nowNanos - last.atNanos() >= RANKING_NANOS) {
      last = RankedRenditions.of(renditions, nowNanos);
      ranked = last;
    }
    return last;
  }

  /**
   * how the newest log's RTP timestamps relate to the engine's clock; null before the first packet
   */
  public @Nullable ClockAnchor clock() {
    return source.clock();
  }

  /**
   * Changes the log that viewers read when they have read the one before to its end.
   *
   * @param newLog what to read then; null when the publisher left
   * @param keyframes asks the publisher for a keyframe; called on any thread
   * @return where the publisher tells of its clock
   */
  public synchronized Source source(@Nullable PacketLog newLog, @Nullable Runnable keyframes) {
    Source newest = new Source(newLog, keyframes);
    source.next(newest);
    source = newest;
    wake();
    return newest;
  }

  /**
   * Closes a log that nobody writes any more: when every event loop has read it to its end, at once
   * where there is none, or where too many logs wait already.
   *
   * @param ended the log of a publisher that left
   */
  public void closeWhenRead(PacketLog ended) {
    TrackReaders[] current = unreadLogs.getAndIncrement() < MAX_UNREAD_LOGS ? readers : NONE;
    AtomicInteger reading = new AtomicInteger(current.length + 1);
    Runnable read =
        () -> {
          if (reading.decrementAndGet() == 0) {
            unreadLogs.decrementAndGet();
            ended.close();
          }
        };
    for (TrackReaders reader : current) {
      reader.readToEnd(read);
    }
    read.run();
  }

  /** Wakes every event loop that has viewers of this track. */
  public void wake() {
    for (TrackReaders reader : readers) {
      reader.wake();
    }
  }

  /**
   * Asks the publisher for a keyframe, unless one was asked for a moment ago.
   *
   * @param nowNanos the engine's clock
   * @return whether the publisher was asked
   */
  public boolean requestKeyframe(long nowNanos) {
    Runnable keyframes = source.keyframes();
    if (keyframes == null || !isDue(nextKeyframeRequest, nowNanos, keyframeIntervalNanos)) {
      return false;
    }
    keyframes.run();
    return true;
  }

  /** {@return viewers that wait for a keyframe at this moment} */
  public int waiting() {
    return waiting.get();
  }

  /**
   * Counts viewers that wait for a keyframe.
   *
   * @param change how many more
   */
  public void countWaiting(int change) {
    waiting.addAndGet(change);
  }

  /**
   * What to change at the source when viewers find no keyframe to begin at.
   *
   * @param log what they read
   * @param nowNanos the engine's clock
   * @return null when it was said a moment ago
   */
  public @Nullable String adviceOnKeyframes(PacketLog log, long nowNanos) {
    return isDue(nextAdvice, nowNanos, ADVICE_INTERVAL_NANOS) ? KeyframeAdvice.on(log) : null;
  }

  /** whether an interval has passed, which begins anew then */
  private static boolean isDue(AtomicLong due, long nowNanos, long intervalNanos) {
    long next = due.get();
    return (next == Long.MIN_VALUE || nowNanos - next >= 0)
        && due.compareAndSet(next, nowNanos + intervalNanos);
  }

  /**
   * Wakes these readers too from now on.
   *
   * @param added the readers on an event loop
   * @return where to begin to read
   */
  public synchronized Source add(TrackReaders added) {
    TrackReaders[] more = Arrays.copyOf(readers, readers.length + 1);
    more[readers.length] = added;
    readers = more;
    return source;
  }

  /**
   * Wakes these readers no more.
   *
   * @param removed the readers on an event loop
   */
  public void remove(TrackReaders removed) {
    TrackHint hint = source.hint();
    if (without(removed) == 0 && hint != null) {
      hint.clear();
    }
  }

  private synchronized int without(TrackReaders removed) {
    readers = Arrays.stream(readers).filter(r -> r != removed).toArray(TrackReaders[]::new);
    return readers.length;
  }
}
