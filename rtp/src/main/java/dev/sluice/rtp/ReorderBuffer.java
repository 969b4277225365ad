package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the packets of one RTP source back into order, for transports that may reorder.
 *
 * <p>A packet that comes in order goes to the {@link Sink} at once. One that comes early waits for
 * those before it, at most for a given time and at most so many places ahead of the packet that is
 * missing; then the missing ones are given up and the sink is told how many they are. What comes
 * after it was given up, or twice, is dropped.
 *
 * <p>A sequence number that is far from the expected one (RFC 3550, appendix A.1: 3,000 ahead or
 * 100 behind, or the capacity where that is more) belongs either to a stray packet or to a source
 * that has restarted. Such a packet is put aside, and if its successor comes before any packet of
 * the old sequence does, the new sequence begins with it. Unlike the RFC's probation this loses no
 * packet.
 *
 * <p>Once constructed, the buffer allocates nothing. Used by one thread at a time. The sink may
 * {@link #close} the buffer, but must neither offer packets to it nor throw.
 */
public final class ReorderBuffer implements AutoCloseable {

  /** Takes packets in order. */
  public interface Sink {

    /**
     * Takes the next packet.
     *
     * @param packet the packet as it was offered; borrowed until this method returns
     * @param missing how many packets are missing right before this one
     */
    void onPacket(ByteBuf packet, int missing);

    /** The source has restarted: the next packet does not continue the sequence before it. */
    void onRestart();
  }

  /** what {@link #nextTimeout()} returns when no packet waits */
  public static final long NO_TIMEOUT = Long.MAX_VALUE;

  /** the largest capacity, in packets */
  public static final int MAX_CAPACITY = 1 << 14;

  private final int capacity;
  private final long maxDelayNanos;
  private final Sink sink;
  private final int maxDropout;
  private final int maxMisorder;

  private final WaitingPackets waiting;

  /** whether one of the last packets was given up, by sequence number modulo a power of two */
  private final boolean[] givenUp;

  private boolean started;
  private boolean closed;
  private int next;
  private int missing;

  private @Nullable ByteBuf candidate;
  private int candidateSequence;

  private long lost;
  private long late;
  private long duplicates;
  private long strays;
  private long restarts;

  /**
   * Creates an empty buffer.
   *
   * @param capacity how many places a packet may be ahead of the oldest missing one: 1 to {@link
   *     #MAX_CAPACITY} packets
   * @param maxDelayNanos how long a packet may wait for those before it, in nanoseconds; 0 to give
   *     up what is missing at once
   * @param sink takes the packets
   */
  public ReorderBuffer(int capacity, long maxDelayNanos, Sink sink) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity must be 1 to " + MAX_CAPACITY + ": " + capacity);
    }
    if (maxDelayNanos < 0) {
      throw new IllegalArgumentException("maxDelayNanos must not be negative: " + maxDelayNanos);
    }
    this.capacity = capacity;
    this.maxDelayNanos = maxDelayNanos;
    this.sink = sink;
    maxDropout = Math.max(capacity, SerialNumbers.MAX_DROPOUT);
    maxMisorder = Math.max(capacity, SerialNumbers.MAX_MISORDER);
    int slots = Integer.highestOneBit(2 * capacity - 1);
    waiting = new WaitingPackets(slots);
    givenUp = new boolean[slots];
  }

  /**
   * Takes a packet over and passes on whatever is in order now. The packet is released when the
   * sink has had it or when it is dropped.
   *
   * @param sequenceNumber sequence number of the packet, 0 to 65535
   * @param packet the packet; the caller's reference to it passes to this buffer
   * @param nowNanos current time
   */
  public void offer(int sequenceNumber, ByteBuf packet, long nowNanos) {
    if (closed) {
      packet.release();
      return;
    }
    if (!started) {
      begin(sequenceNumber);
    }
    ByteBuf first = candidate;
    if (first != null && sequenceNumber == SerialNumbers.addSequence(candidateSequence, 1)) {
      candidate = null;
      restart();
      accept(candidateSequence, first, nowNanos);
      accept(sequenceNumber, packet, nowNanos);
      return;
    }
    int ahead = SerialNumbers.sequenceDistance(next, sequenceNumber);
    if (ahead >= maxDropout || ahead < -maxMisorder) {
      dropCandidate();
      candidate = packet;
      candidateSequence = sequenceNumber;
    } else if (ahead < 0) {
      dropOld(sequenceNumber, -ahead);
      packet.release();
    } else {
      dropCandidate();
      accept(sequenceNumber, packet, nowNanos);
    }
  }

  /**
   * {@return whether a packet is the next one, which is passed on as soon as it is offered}
   *
   * @param sequenceNumber sequence number of the packet, 0 to 65535
   */
  public boolean expects(int sequenceNumber) {
    return !started || sequenceNumber == next;
  }

  /**
   * {@return whether a packet has neither come nor been given up, so that it is worth to ask for it
   * again}
   *
   * @param sequenceNumber sequence number of the packet, 0 to 65535
   */
  public boolean lacks(int sequenceNumber) {
    int ahead = SerialNumbers.sequenceDistance(next, sequenceNumber);
    return started && ahead >= 0 && ahead < capacity && !waiting.contains(sequenceNumber);
  }

  /**
   * Gives up what the packets that have waited long enough wait for, and passes them on.
   *
   * @param nowNanos current time
   */
  public void handleTimeout(long nowNanos) {
    while (waiting.size() > 0 && (waiting.contains(next) || isOldestDue(nowNanos))) {
      step();
    }
  }

  /**
   * {@return when to call {@link #handleTimeout} if no packet comes before, in nanoseconds; {@link
   * #NO_TIMEOUT} if no packet waits}
   */
  public long nextTimeout() {
    return waiting.size() == 0 ? NO_TIMEOUT : waiting.oldestArrival() + maxDelayNanos;
  }

  /** Releases the packets that wait, without passing them on. Packets offered later are dropped. */
  @Override
  public void close() {
    closed = true;
    waiting.clear();
    dropCandidate();
  }

  private void begin(int sequenceNumber) {
    started = true;
    next = sequenceNumber;
    missing = 0;
    Arrays.fill(givenUp, true);
  }

  private void accept(int sequenceNumber, ByteBuf packet, long nowNanos) {
    while (SerialNumbers.sequenceDistance(next, sequenceNumber) >= capacity) {
      step();
    }
    if (closed) {
      packet.release();
    } else if (waiting.contains(sequenceNumber)) {
      duplicates++;
      packet.release();
    } else {
      waiting.add(sequenceNumber, packet, nowNanos);
      handleTimeout(nowNanos);
    }
  }

  /** Passes the next packet on, or gives it up if it is not there. */
  private void step() {
    ByteBuf packet = waiting.remove(next);
    givenUp[next & (givenUp.length - 1)] = packet == null;
    next = SerialNumbers.addSequence(next, 1);
    if (packet == null) {
      missing++;
      lost++;
      return;
    }
    int missingBefore = missing;
    missing = 0;
    try {
      sink.onPacket(packet, missingBefore);
    } finally {
      packet.release();
    }
  }

  private boolean isOldestDue(long nowNanos) {
    return nowNanos - waiting.oldestArrival() >= maxDelayNanos;
  }

  /** Ends the old sequence and begins that of the candidate. */
  private void restart() {
    while (waiting.size() > 0) {
      step();
    }
    if (!closed) {
      begin(candidateSequence);
      restarts++;
      sink.onRestart();
    }
  }

  private void dropCandidate() {
    if (candidate != null) {
      candidate.release();
      candidate = null;
      strays++;
    }
  }

  private void dropOld(int sequenceNumber, int behind) {
    int slot = sequenceNumber & (givenUp.length - 1);
    if (behind > givenUp.length) {
      late++; // or a duplicate: too long ago to know
    } else if (givenUp[slot]) {
      givenUp[slot] = false;
      late++;
    } else {
      duplicates++;
    }
  }

  /** {@return how many packets wait for one before them} */
  public int size() {
    return waiting.size();
  }

  /** {@return how many packets were given up; some of them may have come late} */
  public long lost() {
    return lost;
  }

  /** {@return how many packets were dropped because they had been given up when they came} */
  public long late() {
    return late;
  }

  /** {@return how many packets were dropped because they had come before} */
  public long duplicates() {
    return duplicates;
  }

  /** {@return how many packets were dropped because they belonged nowhere} */
  public long strays() {
    return strays;
  }

  /** {@return how many times the source has restarted its sequence} */
  public long restarts() {
    return restarts;
  }
}
