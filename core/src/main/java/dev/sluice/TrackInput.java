package dev.sluice;

import dev.sluice.log.PacketLog;
import dev.sluice.loop.Counter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.session.ClockAnchor;
import dev.sluice.session.EngineClock;
import dev.sluice.session.Track;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a publisher writes the media of one track.
 *
 * <p>A track is written as RTP packets or as access units, not as both. Used by one thread at a
 * time; that thread writes the packet log itself, without a hop or a copy in between. What was
 * written is held back until {@link #flush()}, so that everything that arrived together wakes the
 * viewers once. What is written after the publisher was closed or replaced is dropped.
 */
public final class TrackInput {
  private static final int RESTART_DISTANCE = 3_000;

  private enum State {
    IDLE,
    WRITING,
    CLOSING,
    CLOSED
  }

  private final PayloadFormat format;
  private final PacketLog log;
  private final Track track;
  private final EngineClock clock;
  private final SourceClock sourceClock;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final RtpPacket view = new RtpPacket();
  private final Counter packets = new Counter();
  private final Counter bytes = new Counter();
  private final Counter lost = new Counter();
  private final Counter malformed = new Counter();
  private final Counter outOfOrder = new Counter();

  private volatile @Nullable Thread writer;
  private boolean started;
  private int ssrc;
  private int nextSequence;
  private int timestampShift;
  private int lastTimestamp;
  private long lastArrivalNanos;

  TrackInput(
      PayloadFormat format,
      PacketLog log,
      Track track,
      EngineClock clock,
      SourceClock sourceClock) {
    this.format = format;
    this.log = log;
    this.track = track;
    this.clock = clock;
    this.sourceClock = sourceClock;
  }

  /**
   * Writes an RTP packet. Packets come in sequence order: missing numbers count as lost, earlier
   * ones are dropped.
   *
   * @param packet header and payload from reader to writer index, without SRTP; borrowed until the
   *     call returns
   */
  public void writeRtp(ByteBuf packet) {
    if (view.wrap(packet)) {
      writeRtp(view);
    } else {
      malformed.increment();
    }
  }

  /**
   * Writes an RTP packet that was parsed already.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}
   */
  public void writeRtp(RtpPacket packet) {
    if (!enter()) {
      return;
    }
    try {
      long now = clock.nanos();
      log.now(now);
      int missing = missingBefore(packet, now);
      if (missing < 0) {
        outOfOrder.increment();
        return;
      }
      lost.add(missing);
      packets.increment();
      bytes.add(packet.payloadLength());
      lastTimestamp = packet.timestamp() + timestampShift;
      lastArrivalNanos = now;
      sourceClock.packet(now, lastTimestamp);
      format.rtp(packet, lastTimestamp, missing);
    } finally {
      exit();
    }
  }

  /**
   * Writes one H.264 access unit.
   *
   * @param annexB its NAL units with start codes (ITU-T H.264 annex B), from position to limit,
   *     both left as they are; borrowed until the call returns
   * @param timestamp in 90 kHz ticks; its lower 32 bits are used
   * @return whether it was well-formed
   * @throws IllegalStateException if the track is not H.264
   */
  public boolean writeAccessUnit(ByteBuffer annexB, long timestamp) {
    return writeAccessUnit(annexB, 0, (int) timestamp);
  }

  /**
   * Writes one H.264 access unit of length-prefixed NAL units, as in MP4 files.
   *
   * @param nalUnits from position to limit, both left as they are; borrowed until the call returns
   * @param lengthSize bytes of each length field, big-endian: 1, 2 or 4
   * @param timestamp in 90 kHz ticks; its lower 32 bits are used
   * @return whether it was well-formed
   * @throws IllegalArgumentException for another length size
   * @throws IllegalStateException if the track is not H.264
   */
  public boolean writeNalUnits(ByteBuffer nalUnits, int lengthSize, long timestamp) {
    if (lengthSize != 1 && lengthSize != 2 && lengthSize != 4) {
      throw new IllegalArgumentException("lengthSize is " + lengthSize + ", allowed is 1, 2 or 4");
    }
    return writeAccessUnit(nalUnits, lengthSize, (int) timestamp);
  }

  /**
   * Relates the source's RTP clock to its wall clock, so that audio and video stay in step.
   *
   * @param ntpTimestamp of the source's RTCP sender report: seconds since 1900 in 32.32 fixed point
   *     (RFC 3550, section 6.4.1)
   * @param rtpTimestamp of the same moment
   */
  public void senderReport(long ntpTimestamp, int rtpTimestamp) {
    if (enter()) {
      sourceClock.senderReport(clock.nanos(), ntpTimestamp, rtpTimestamp + timestampShift);
      exit();
    }
  }

  /** Shows viewers what was written. */
  public void flush() {
    if (enter()) {
      boolean news = log.publish();
      if (writer != Thread.currentThread()) {
        writer = Thread.currentThread();
      }
      exit();
      if (news) {
        track.wake();
      }
    }
  }

  /** {@return what came in so far} */
  public TrackStatistics statistics() {
    return new TrackStatistics(
        packets.get(),
        bytes.get(),
        lost.get(),
        outOfOrder.get(),
        malformed.get() + format.malformed(),
        log.capacity());
  }

  /** the thread that wrote last, null before the first packet */
  @Nullable Thread writer() {
    return writer;
  }

  PacketLog log() {
    return log;
  }

  PayloadFormat format() {
    return format;
  }

  /**
   * Gives the log's memory back when the writing thread is done and viewers have what is flushed.
   */
  void close() {
    while (true) {
      State current = state.get();
      if (current == State.CLOSED || current == State.CLOSING) {
        return;
      }
      State next = current == State.IDLE ? State.CLOSED : State.CLOSING;
      if (state.compareAndSet(current, next)) {
        if (next == State.CLOSED) {
          track.closeWhenRead(log);
        }
        return;
      }
    }
  }

  private boolean writeAccessUnit(ByteBuffer data, int lengthSize, int timestamp) {
    if (!enter()) {
      return true;
    }
    try {
      long now = clock.nanos();
      log.now(now);
      packets.increment();
      bytes.add(data.remaining());
      sourceClock.packet(now, timestamp);
      return format.accessUnit(data, lengthSize, timestamp);
    } finally {
      exit();
    }
  }

  /** packets missing before this one, or -1 when it comes too late */
  private int missingBefore(RtpPacket packet, long now) {
    int sequence = packet.sequenceNumber();
    int distance = (short) (sequence - nextSequence);
    boolean sameSource = started && packet.ssrc() == ssrc;
    if (sameSource && distance < 0 && distance > -RESTART_DISTANCE) {
      return -1;
    }
    if (started && !sameSource) {
      int elapsed = ClockAnchor.ticks(now - lastArrivalNanos, track.clockRate());
      timestampShift = lastTimestamp + elapsed - packet.timestamp();
    }
    boolean restarted = started && (!sameSource || Math.abs(distance) >= RESTART_DISTANCE);
    int missing = restarted ? 1 : started ? distance : 0;
    started = true;
    ssrc = packet.ssrc();
    nextSequence = sequence + 1;
    return missing;
  }

  private boolean enter() {
    if (state.compareAndSet(State.IDLE, State.WRITING)) {
      return true;
    }
    if (state.get() == State.WRITING) {
      throw new IllegalStateException("a track input is written by one thread at a time");
    }
    return false;
  }

  private void exit() {
    if (!state.compareAndSet(State.WRITING, State.IDLE)) {
      state.set(State.CLOSED);
      track.closeWhenRead(log);
    }
  }
}
