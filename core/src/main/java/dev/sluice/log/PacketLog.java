package dev.sluice.log;

import dev.sluice.loop.Counter;
import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.PictureMarks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The log of one track: RTP payloads with one writer and many readers.
 *
 * <p>Positions grow by one for each packet and never repeat. Readers see packets up to {@link
 * #tail()}, which moves only in {@link #publish}: once for all that arrived together. The writer
 * overtakes readers freely. It announces the new {@link #head()} before it overwrites anything, so
 * a reader that asks {@link #holds} after it read knows whether the bytes were whole (a seqlock
 * over positions).
 *
 * <p>Payloads lie in segments of one size. What is to be kept is the current and the previous
 * access unit, the configured history and, if asked, everything since the packet that viewers are
 * to start at; segments are added for it up to the limit and go back to the pool when nothing in
 * them is to be kept. Where there is no room for that packet any more, readers that started there
 * have two seconds to come near the tail, in which what is behind it goes one by one.
 *
 * <p>Writer methods are called by one thread at a time; reader methods by any thread.
 */
public final class PacketLog implements PayloadWriter {
  private static final int INITIAL_SLOTS = 64;
  private static final int SMALLEST_MEAN_PAYLOAD = 32;
  private static final long STAMP_INTERVAL_NANOS = 1_000_000_000;
  private static final long CATCH_UP_NANOS = 2_000_000_000L;
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(PacketLog.class, "head", long.class);
      TAIL = lookup.findVarHandle(PacketLog.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SegmentPool pool;
  private final LogLimits limits;

  private volatile Ring ring = new Ring(INITIAL_SLOTS);
  private volatile int capacity;
  private long head;
  private long tail;
  private volatile long keyframe = -1;
  private volatile long recoveryPoint = -1;
  private volatile boolean closed;
  private final Counter keyframes = new Counter();

  // the writer's own
  private long next;
  private long pendingKeyframe = -1;
  private long pendingRecoveryPoint = -1;
  private boolean startLost;
  private long startLostNanos;
  private long accessUnit;
  private long previousAccessUnit;
  private int accessUnitTimestamp;
  private boolean accessUnitEnded;
  private int marks = PictureMarks.NONE;
  private long markedFrom;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private Segment current;
  private boolean open;
  private long nowNanos;
  private @Nullable CaptureClock captureClock;
  private int largestStamped;
  private boolean stampsAll;
  private long nextStampNanos;

  /**
   * Makes an empty log.
   *
   * @param pool gives the segments; they are returned to it by eviction and {@link #close}
   * @param limits how much is kept
   */
  public PacketLog(SegmentPool pool, LogLimits limits) {
    this.pool = pool;
    this.limits = limits;
    current = newSegment();
    segments.add(current);
    capacity = limits.segmentBytes();
  }

  /**
   * Tells the writer's side the time, once for each batch of input.
   *
   * @param nanos the engine's clock
   */
  public void now(long nanos) {
    nowNanos = nanos;
  }

  /**
   * Has the moment of capture noted behind a payload once a second; before the first packet.
   *
   * @param clock tells the moment; asked by the writing thread
   * @param largest payload in bytes of a packet that can bear a longer header
   * @param anyPacket whether any packet may have it; else only one that ends an access unit, so
   *     that of packets of equal size none becomes larger than the others
   */
  public void captureClock(CaptureClock clock, int largest, boolean anyPacket) {
    captureClock = clock;
    largestStamped = largest;
    stampsAll = anyPacket;
    nextStampNanos = nowNanos;
  }

  @Override
  public void open(int bytes) {
    if (open) {
      throw new IllegalStateException("a packet is open already");
    }
    if (bytes > limits.segmentBytes()) {
      throw new IllegalArgumentException(
          "payload of " + bytes + " bytes, at most " + limits.segmentBytes());
    }
    if (!current.fits(bytes)) {
      nextSegment();
    }
    open = true;
  }

  @Override
  public byte[] array() {
    return current.bytes;
  }

  @Override
  public int offset() {
    return current.writeAt();
  }

  @Override
  public void commit(int length, int timestamp, boolean marker) {
    if (accessUnitEnded || timestamp != accessUnitTimestamp) {
      beginAccessUnit(timestamp);
    }
    accessUnitEnded = marker;
    makeSlot();
    ring.put(next, current.bytes, current.writeAt(), length, timestamp, marker, nowNanos);
    ring.mark(next, marks);
    current.wrote(length);
    if ((marker || stampsAll) && length <= largestStamped && nowNanos - nextStampNanos >= 0) {
      stamp(timestamp);
    }
    open = false;
    next++;
  }

  private void stamp(int timestamp) {
    if (captureClock != null && current.fits(Ring.STAMP_BYTES)) {
      BigEndian.putLong(current.bytes, current.writeAt(), captureClock.ntpOf(timestamp));
      current.wrote(Ring.STAMP_BYTES);
      ring.stamp(next);
      nextStampNanos = nowNanos + STAMP_INTERVAL_NANOS;
    }
  }

  private void beginAccessUnit(int timestamp) {
    previousAccessUnit = accessUnit;
    accessUnit = next;
    accessUnitTimestamp = timestamp;
    if (markedFrom < next) {
      marks = PictureMarks.NONE;
    }
  }

  @Override
  public void discard() {
    open = false;
  }

  @Override
  public void skip(int count) {
    int holes = Math.min(count, ring.slots());
    for (int i = 0; i < holes; i++) {
      makeSlot();
      ring.putHole(next, nowNanos);
      next++;
    }
  }

  @Override
  public long position() {
    return next;
  }

  @Override
  public void keyframe(long position) {
    keyframes.increment();
    pendingKeyframe = position;
    if (position >= head) {
      ring.markKeyframe(position);
    }
  }

  @Override
  public void recoveryPoint(long position) {
    pendingRecoveryPoint = position;
  }

  @Override
  public void mark(long position, int pictureMarks) {
    marks = pictureMarks;
    markedFrom = position;
    for (long marked = Math.max(position, head); marked < next; marked++) {
      ring.mark(marked, pictureMarks);
    }
  }

  /**
   * Shows readers everything committed so far.
   *
   * @return whether there was anything new
   */
  public boolean publish() {
    if (next == tail) {
      return false;
    }
    keyframe = pendingKeyframe;
    recoveryPoint = pendingRecoveryPoint;
    TAIL.setRelease(this, next);
    return true;
  }

  /** Gives the segments back. Readers find the log empty; the writer must not write again. */
  public void close() {
    if (!closed) {
      closed = true;
      advanceHead(next);
      segments.forEach(segment -> pool.give(segment.bytes));
      segments.clear();
    }
  }

  /** {@return whether the log ended: nothing will be appended or can be read any more} */
  public boolean isClosed() {
    return closed;
  }

  /** {@return the oldest position that can be read} */
  public long head() {
    return (long) HEAD.getAcquire(this);
  }

  /** {@return the position that the next packet will get} */
  public long tail() {
    return (long) TAIL.getAcquire(this);
  }

  /**
   * {@return where viewers are to start: at the newest published keyframe or, where none is held,
   * at the newest recovery point; -1 when there is neither}
   */
  public long newestKeyframe() {
    return newestHeld(head(), keyframe, recoveryPoint);
  }

  /**
   * {@return whether viewers start at a recovery point, for want of a keyframe: players that need
   * an IDR picture, as browsers do, show nothing}
   */
  public boolean startsAtRecoveryPoints() {
    long oldest = head();
    return keyframe < oldest && recoveryPoint >= oldest;
  }

  /** {@return where to read positions from {@link #head()} up to {@link #tail()}} */
  public Ring ring() {
    return ring;
  }

  /**
   * Whether what was read just before was whole.
   *
   * @param position the position that was read
   */
  public boolean holds(long position) {
    VarHandle.loadLoadFence();
    return (long) HEAD.getOpaque(this) <= position;
  }

  /** {@return keyframes written so far; any thread} */
  public long keyframes() {
    return keyframes.get();
  }

  /** {@return payload bytes of all segments; any thread} */
  public int capacity() {
    return capacity;
  }

  private void nextSegment() {
    current.end = next;
    Segment evicted = evict();
    boolean full = (segments.size() + 1L) * limits.segmentBytes() > limits.maxBytes();
    if (evicted == null && full) {
      evicted = evictOldest();
    }
    current = evicted == null ? newSegment() : evicted.reuse();
    segments.add(current);
    capacity = segments.size() * limits.segmentBytes();
  }

  private Segment newSegment() {
    return new Segment(pool.take(limits.segmentBytes()));
  }

  /** evicts segments without a packet to keep; all but the last go back, and that is returned */
  private @Nullable Segment evict() {
    Segment evicted = null;
    while (segments.size() > 1 && !isKept(segments.element().end - 1)) {
      if (evicted != null) {
        pool.give(evicted.bytes);
      }
      evicted = evictOldest();
    }
    return evicted;
  }

  private Segment evictOldest() {
    Segment oldest = segments.remove();
    while (head < oldest.end) {
      forgetOldest();
    }
    return oldest;
  }

  private void makeSlot() {
    while (next - head >= ring.slots()) {
      if (!isKept(head) || !grow()) {
        forgetOldest();
      }
    }
  }

  private boolean grow() {
    Ring old = ring;
    int slots = 2 * old.slots();
    if (slots > Math.max(INITIAL_SLOTS, limits.maxBytes() / SMALLEST_MEAN_PAYLOAD)) {
      return false;
    }
    Ring larger = new Ring(slots);
    for (long position = head; position < next; position++) {
      larger.copy(position, old);
    }
    ring = larger;
    return true;
  }

  private boolean isKept(long position) {
    return position >= head
        && (position >= previousAccessUnit
            || (limits.keepKeyframe() && (isSinceStart(position) || isCatchUpTime()))
            || nowNanos - ring.arrivalNanos(position) < limits.historyNanos());
  }

  private boolean isCatchUpTime() {
    startLost &= nowNanos - startLostNanos < CATCH_UP_NANOS;
    return startLost;
  }

  private boolean isSinceStart(long position) {
    long start = newestHeld(head, pendingKeyframe, pendingRecoveryPoint);
    return start >= 0 && position >= start;
  }

  private static long newestHeld(long oldest, long keyframe, long recoveryPoint) {
    long start = keyframe >= oldest ? keyframe : recoveryPoint;
    return start >= oldest ? start : -1;
  }

  private void forgetOldest() {
    if (head == newestHeld(head, pendingKeyframe, pendingRecoveryPoint)) {
      startLost = true;
      startLostNanos = nowNanos;
    }
    advanceHead(head + 1);
    ring.forget(head - 1);
  }

  private void advanceHead(long position) {
    HEAD.setOpaque(this, position);
    VarHandle.storeStoreFence();
  }
}
