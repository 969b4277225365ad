package dev.sluice.stream;

import dev.sluice.FrameInput;
import dev.sluice.RtpInput;
import dev.sluice.TrackStatistics;
import dev.sluice.codec.TrackFormat;
import dev.sluice.log.PacketLog;
import dev.sluice.loop.Counter;
import dev.sluice.loop.EngineClock;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.FormatChoice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The writing end of one track: whatever comes goes into its log, through its codec's format. */
public final class LogInput implements RtpInput, FrameInput {

  /** stands for the SSRC of frames, which have none */
  private static final int HOST = 0;

  private static final int WHOLE = 0;

  /** How a track is written, all the time. */
  enum Form {
    RTP_PACKETS,
    FRAMES
  }

  private enum State {
    IDLE,
    WRITING,
    CLOSING,
    CLOSED
  }

  private final String name;
  private final TrackFormat format;
  private final PacketLog log;
  private final Track track;
  private final EngineClock clock;
  private final SourceClock sourceClock;
  private final Runnable onReordered;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final AtomicReference<@Nullable Form> form = new AtomicReference<>();
  private final RtpPacket view = new RtpPacket();
  private final Counter packets = new Counter();
  private final Counter bytes = new Counter();
  private final Counter lost = new Counter();
  private final Counter malformed = new Counter();
  private final Counter outOfOrder = new Counter();
  private final RateMeter rate = new RateMeter();

  private volatile @Nullable Thread writer;
  private boolean toldOfReordering;
  private final SequenceOrder order = new SequenceOrder();
  private final SourceTimeline timeline;

  LogInput(
      String name,
      TrackFormat format,
      PacketLog log,
      Track track,
      EngineClock clock,
      SourceClock sourceClock,
      Runnable onReordered) {
    this.name = name;
    this.format = format;
    this.log = log;
    this.track = track;
    this.clock = clock;
    this.sourceClock = sourceClock;
    this.onReordered = onReordered;
    timeline = new SourceTimeline(track.clockRate());
  }

  /**
   * Decides for a form, once.
   *
   * @throws IllegalStateException if it is another one already
   */
  LogInput as(Form wanted) {
    Form decided = form.compareAndExchange(null, wanted);
    if (decided != null && decided != wanted) {
      throw new IllegalStateException("track '" + name + "' is written as " + decided);
    }
    return this;
  }

  @Override
  public void writeRtp(ByteBuf packet) {
    if (view.wrap(packet)) {
      writeRtp(view);
    } else {
      malformed.increment();
    }
  }

  @Override
  public void writeRtp(ByteBuffer packet) {
    writeRtp(Unpooled.wrappedBuffer(packet.duplicate()));
  }

  @Override
  public void writeRtp(RtpPacket packet) {
    if (!enter()) {
      return;
    }
    try {
      int missing = order.missingBefore(packet);
      if (missing == SequenceOrder.LATE) {
        outOfOrder.increment();
      } else {
        write(packet, missing);
      }
    } finally {
      exit();
    }
  }

  @Override
  public void writeRtp(RtpPacket packet, int lostBefore) {
    if (lostBefore < 0) {
      throw new IllegalArgumentException("lostBefore is negative: " + lostBefore);
    }
    if (!enter()) {
      return;
    }
    try {
      write(packet, lostBefore);
    } finally {
      exit();
    }
  }

  private void write(RtpPacket packet, int missing) {
    long now = clock.nanos();
    log.now(now);
    lost.add(missing);
    packets.increment();
    bytes.add(packet.payloadLength());
    rate.received(now, bytes.get());
    int timestamp = timeline.place(packet.ssrc(), packet.timestamp(), now);
    sourceClock.packet(now, timestamp);
    format.rtp(packet, timestamp, missing);
  }

  @Override
  public boolean writeFrame(ByteBuffer frame, long timestamp) {
    return writeFrame(frame, WHOLE, (int) timestamp);
  }

  @Override
  public boolean writeNalUnits(ByteBuffer nalUnits, int lengthSize, long timestamp) {
    if (lengthSize != 1 && lengthSize != 2 && lengthSize != 4) {
      throw new IllegalArgumentException("lengthSize is " + lengthSize + ", allowed is 1, 2 or 4");
    }
    return writeFrame(nalUnits, lengthSize, (int) timestamp);
  }

  @Override
  public void senderReport(long ntpTimestamp, int rtpTimestamp) {
    if (!enter()) {
      return;
    }
    try {
      sourceClock.senderReport(clock.nanos(), ntpTimestamp, rtpTimestamp + timeline.shift());
    } finally {
      exit();
    }
  }

  @Override
  public void flush() {
    if (!enter()) {
      return;
    }
    try {
      if (writer != Thread.currentThread()) {
        writer = Thread.currentThread();
      }
      if (log.publish()) {
        track.wake();
      }
    } finally {
      exit();
    }
    tellOfReordering();
  }

  private void tellOfReordering() {
    if (!toldOfReordering && format.hasReordered()) {
      toldOfReordering = true;
      onReordered.run();
    }
  }

  @Override
  public boolean isClosed() {
    State current = state.get();
    return current == State.CLOSING || current == State.CLOSED;
  }

  @Override
  public TrackStatistics statistics() {
    return new TrackStatistics(
        packets.get(),
        bytes.get(),
        bitrate(clock.nanos()),
        lost.get(),
        outOfOrder.get(),
        malformed.get() + format.malformed(),
        log.capacity(),
        log.keyframes(),
        keyframeAgeNanos(),
        track.waiting(),
        format.counts());
  }

  /** bits per second that come; any thread */
  long bitrate(long nowNanos) {
    return rate.bitRate(nowNanos, bytes.get());
  }

  /** the highest bit rate of late, 0 in the first second; any thread */
  long greatestBitrate() {
    return rate.greatest();
  }

  private long keyframeAgeNanos() {
    long keyframe = log.newestKeyframe();
    long age = keyframe < 0 ? -1 : clock.nanos() - log.ring().arrivalNanos(keyframe);
    return keyframe >= 0 && log.holds(keyframe) ? age : -1;
  }

  /** the thread that wrote last, null before the first packet */
  @Nullable Thread writer() {
    return writer;
  }

  String name() {
    return name;
  }

  /** {@return what reads it} */
  public Track track() {
    return track;
  }

  /** {@return which of a viewer's formats fits the media, as far as it is known; any thread} */
  public FormatChoice choice() {
    return format.choice();
  }

  /**
   * Shows viewers what is left, and gives the log's memory back when they have it; if a thread is
   * writing, when it is done.
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
          finish();
        }
        return;
      }
    }
  }

  private boolean writeFrame(ByteBuffer data, int lengthSize, int timestamp) {
    if (!enter()) {
      return true;
    }
    try {
      long now = clock.nanos();
      log.now(now);
      packets.increment();
      bytes.add(data.remaining());
      rate.received(now, bytes.get());
      int place = timeline.place(HOST, timestamp, now);
      sourceClock.packet(now, place);
      return lengthSize == WHOLE
          ? format.frame(data, place)
          : format.nalUnits(data, lengthSize, place);
    } finally {
      exit();
    }
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
      finish();
    }
  }

  private void finish() {
    format.end();
    log.publish();
    track.closeWhenRead(log);
  }
}
