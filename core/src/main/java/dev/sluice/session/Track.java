package dev.sluice.session;

import dev.sluice.log.PacketLog;
import java.util.Arrays;
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
  private static final Fanout[] NONE = {};

  /** how many logs of publishers that left may wait for an event loop that is held up */
  private static final int MAX_UNREAD_LOGS = 4;

  private final boolean video;
  private final int clockRate;
  private final long keyframeIntervalNanos;
  private final AtomicLong nextKeyframeRequest = new AtomicLong(Long.MIN_VALUE);
  private final AtomicInteger unreadLogs = new AtomicInteger();
  private volatile Source source = new Source(null, null);
  private volatile Fanout[] fanouts = NONE;

  /**
   * Makes a track without a publisher.
   *
   * @param video whether decoding must start at a keyframe
   * @param clockRate RTP ticks a second
   * @param keyframeIntervalNanos least time between two requests for a keyframe
   */
  public Track(boolean video, int clockRate, long keyframeIntervalNanos) {
    this.video = video;
    this.clockRate = clockRate;
    this.keyframeIntervalNanos = keyframeIntervalNanos;
  }

  /** {@return whether decoding must start at a keyframe} */
  public boolean isVideo() {
    return video;
  }

  /** {@return RTP ticks a second} */
  public int clockRate() {
    return clockRate;
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
    Fanout[] readers = unreadLogs.getAndIncrement() < MAX_UNREAD_LOGS ? fanouts : NONE;
    AtomicInteger reading = new AtomicInteger(readers.length + 1);
    Runnable read =
        () -> {
          if (reading.decrementAndGet() == 0) {
            unreadLogs.decrementAndGet();
            ended.close();
          }
        };
    for (Fanout reader : readers) {
      reader.readToEnd(read);
    }
    read.run();
  }

  /** Wakes every event loop that has viewers of this track. */
  public void wake() {
    for (Fanout fanout : fanouts) {
      fanout.wake();
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
    long next = nextKeyframeRequest.get();
    if (keyframes == null
        || (next != Long.MIN_VALUE && nowNanos - next < 0)
        || !nextKeyframeRequest.compareAndSet(next, nowNanos + keyframeIntervalNanos)) {
      return false;
    }
    keyframes.run();
    return true;
  }

  /** returns where to begin to read */
  synchronized Source add(Fanout fanout) {
    Fanout[] more = Arrays.copyOf(fanouts, fanouts.length + 1);
    more[fanouts.length] = fanout;
    fanouts = more;
    return source;
  }

  synchronized void remove(Fanout fanout) {
    fanouts = Arrays.stream(fanouts).filter(f -> f != fanout).toArray(Fanout[]::new);
  }
}
