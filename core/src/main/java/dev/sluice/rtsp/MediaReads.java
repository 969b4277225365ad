package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;

/**
 * What is read on a session's sockets: when it came, one time for all that is read together, and
 * whose the frames are.
 */
final class MediaReads implements InterleavedRtspDecoder.FrameListener {
  private final MediaConnection connection;
  private final LongSupplier clock;
  private final MediaCounters counters;
  private boolean expectsFrames;
  private boolean reading;
  private long arrivalNanos;

  MediaReads(MediaConnection connection, LongSupplier clock, MediaCounters counters) {
    this.connection = connection;
    this.clock = clock;
    this.counters = counters;
  }

  MediaCounters counters() {
    return counters;
  }

  @Override
  public boolean expectsFrames() {
    return expectsFrames;
  }

  /** A track was set up whose frames come in the connection. */
  void expectFrames() {
    expectsFrames = true;
  }

  @Override
  public int frameLimit(int channel) {
    SessionTraffic traffic = connection.traffic();
    return traffic == null ? InterleavedRtspDecoder.UNKNOWN_CHANNEL : traffic.frameLimit(channel);
  }

  @Override
  public void onFrame(int channel, ByteBuf frame) {
    counters.interleavedFrames.increment();
    SessionTraffic traffic = connection.traffic();
    if (traffic != null && traffic.onFrame(channel, frame, arrivalNanos())) {
      connection.onMediaOfPeer();
    } else {
      counters.received.discard();
    }
  }

  @Override
  public void onSkippedFrame(int channel) {
    counters.interleavedFrames.increment();
    counters.received.discard();
    if (frameLimit(channel) != InterleavedRtspDecoder.UNKNOWN_CHANNEL) {
      connection.onUnwantedMedia();
    }
  }

  /** when what is being read arrived */
  long arrivalNanos() {
    if (!reading) {
      reading = true;
      arrivalNanos = clock.getAsLong();
    }
    return arrivalNanos;
  }

  /** All that had arrived on one of the sockets was handed over. */
  void onReadComplete() {
    SessionTraffic traffic = connection.traffic();
    if (reading && traffic != null) {
      traffic.onReadComplete();
    }
    reading = false;
  }
}
