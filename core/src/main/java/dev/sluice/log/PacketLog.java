package dev.sluice.log;

import dev.sluice.rtp.PayloadWriter;
import io.netty.buffer.ByteBufAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The log of one track: a ring of RTP payloads with one writer and many readers.
 *
 * <p>Positions grow by one for each packet and never repeat. Readers see packets up to {@link
 * #tail()}, which moves only in {@link #publish}: once for all that arrived together. The writer
 * overtakes readers freely. It announces the new {@link #head()} before it overwrites anything, so
 * a reader that asks {@link #holds} after it read knows whether the bytes were whole (a seqlock
 * over positions).
 *
 * <p>The ring starts small and grows, up to its limit, rather than evict what is to be kept: the
 * current and the previous access unit, the configured history and, if asked, everything since the
 * newest keyframe.
 *
 * <p>Writer methods are called by one thread at a time; reader methods by any thread.
 */
public final class PacketLog implements PayloadWriter {
  private static final int INITIAL_SLOTS = 64;
  private static final int SMALLEST_MEAN_PAYLOAD = 32;
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

  private final ByteBufAllocator allocator;
  private final LogLimits limits;

  private volatile Ring ring;
  private long head;
  private long tail;
  private volatile long keyframe = -1;
  private volatile boolean closed;

  // the writer's own
  private long next;
  private long pendingKeyframe = -1;
  private long accessUnit;
  private long previousAccessUnit;
  private int accessUnitTimestamp;
  private boolean accessUnitEnded;
  private int writeAt;
  private int openAt = -1;
  private long nowNanos;

  /**
   * Makes an empty log.
   *
   * @param allocator gives the rings; they are returned to it by growth and {@link #close}
   * @param limits how much is kept
   */
  public PacketLog(ByteBufAllocator allocator, LogLimits limits) {
    this.allocator = allocator;
    this.limits = limits;
    ring = new Ring(allocator, limits.initialBytes(), INITIAL_SLOTS);
  }

  /**
   * Tells the writer's side the time, once for each batch of input.
   *
   * @param nanos the engine's clock
   */
  public void now(long nanos) {
    nowNanos = nanos;
  }

  @Override
  public void open(int capacity) {
    if (openAt >= 0) {
      throw new IllegalStateException("a packet is open already");
    }
    if (capacity > limits.initialBytes()) {
      throw new IllegalArgumentException(
          "payload of " + capacity + " bytes, at most " + limits.initialBytes());
    }
    makeRoom(capacity);
    openAt = writeAt;
  }

  @Override
  public byte[] array() {
    return ring.bytes;
  }

  @Override
  public int offset() {
    return ring.base + openAt;
  }

  @Override
  public void commit(int length, int timestamp, boolean marker) {
    if (accessUnitEnded || timestamp != accessUnitTimestamp) {
      previousAccessUnit = accessUnit;
      accessUnit = next;
      accessUnitTimestamp = timestamp;
    }
    accessUnitEnded = marker;
    ring.put(next, ring.base + openAt, length, timestamp, marker, nowNanos);
    writeAt = openAt + length;
    openAt = -1;
    next++;
  }

  @Override
  public void discard() {
    openAt = -1;
  }

  @Override
  public void skip(int count) {
    int holes = Math.min(count, ring.slots());
    for (int i = 0; i < holes; i++) {
      makeRoom(0);
      ring.put(next, ring.base + writeAt, 0, 0, false, nowNanos);
      next++;
    }
  }

  @Override
  public long position() {
    return next;
  }

  @Override
  public void keyframe(long position) {
    pendingKeyframe = position;
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
    if (pendingKeyframe >= 0 && pendingKeyframe < next) {
      keyframe = pendingKeyframe;
    }
    TAIL.setRelease(this, next);
    return true;
  }

  /** Gives the ring back. Readers find the log empty; the writer must not write again. */
  public void close() {
    if (!closed) {
      closed = true;
      advanceHead(next);
      ring.buffer.release();
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
   * {@return where the newest published keyframe begins, or -1 when it is gone or there was none
   * yet}
   */
  public long newestKeyframe() {
    long position = keyframe;
    return position >= head() ? position : -1;
  }

  /** {@return where to read positions from {@link #head()} up to {@link #tail()}} */
  public Ring ring() {
    return ring;
  }

  /**
   * Whether what was read just before was whole.
   *
   * @param position the position that was read
   * @param from the ring it was read from
   */
  public boolean holds(long position, Ring from) {
    VarHandle.loadLoadFence();
    return (long) HEAD.getOpaque(this) <= position && ring == from;
  }

  /** {@return payload bytes of the current ring} */
  public int capacity() {
    return ring.capacity;
  }

  private void makeRoom(int bytes) {
    while (next - head >= ring.slots() || !fits(bytes)) {
      if (!isKept(head) || !grow()) {
        advanceHead(head + 1);
      }
    }
  }

  /** moves {@link #writeAt} to contiguous free room of that size, if there is any */
  private boolean fits(int bytes) {
    while (head < next && ring.length(head) == 0) {
      advanceHead(head + 1);
    }
    if (head == next) {
      writeAt = 0;
      return true;
    }
    int oldest = ring.start(head) - ring.base;
    if (writeAt <= oldest) {
      return oldest - writeAt >= bytes;
    }
    if (ring.capacity - writeAt >= bytes) {
      return true;
    }
    if (oldest < bytes) {
      return false;
    }
    writeAt = 0;
    return true;
  }

  private boolean isKept(long position) {
    return position >= previousAccessUnit
        || (limits.keepKeyframe() && pendingKeyframe >= 0 && position >= pendingKeyframe)
        || nowNanos - ring.arrivalNanos(position) < limits.historyNanos();
  }

  private void advanceHead(long position) {
    HEAD.setOpaque(this, position);
    VarHandle.storeStoreFence();
  }

  private boolean grow() {
    boolean slotsFull = next - head >= ring.slots();
    int slots = slotsFull ? ring.slots() * 2 : ring.slots();
    int capacity =
        slotsFull ? ring.capacity : (int) Math.min(2L * ring.capacity, limits.maxBytes());
    boolean atLimit =
        slotsFull
            ? slots > Math.max(INITIAL_SLOTS, limits.maxBytes() / SMALLEST_MEAN_PAYLOAD)
            : capacity == ring.capacity;
    if (atLimit) {
      return false;
    }
    Ring old = ring;
    Ring larger = new Ring(allocator, capacity, slots);
    int at = 0;
    for (long p = head; p < next; p++) {
      int length = old.length(p);
      System.arraycopy(old.bytes, old.start(p), larger.bytes, larger.base + at, length);
      larger.put(p, larger.base + at, length, old.timestamp(p), old.marker(p), old.arrivalNanos(p));
      at += length;
    }
    writeAt = at;
    ring = larger;
    old.buffer.release();
    return true;
  }
}
