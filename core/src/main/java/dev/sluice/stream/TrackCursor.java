package dev.sluice.stream;

import dev.sluice.codec.Codec;
import dev.sluice.codec.CodecParameters;
import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.loop.EngineClock;
import dev.sluice.spi.TrackReader;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Where a reader is in a track. */
final class TrackCursor implements TrackReader {

  /** a reader that is more behind than this goes to a newer keyframe if there is one */
  private static final long MOST_BEHIND_NANOS = 2_000_000_000L;

  private final Track track;
  private final CodecParameters parameters;
  private final EngineClock clock;
  private final Timeline timeline;
  private Source source = new Source(null, null);
  private long position;
  private boolean waiting;

  // of the packet that was read last
  private int timestamp;
  private boolean marker;
  private boolean startsKeyframe;
  private boolean skipped;
  private int lostBefore;
  private long arrivalNanos;

  TrackCursor(Track track, CodecParameters parameters, EngineClock clock) {
    this.track = track;
    this.parameters = parameters;
    this.clock = clock;
    timeline = new Timeline(track.clockRate(), 0);
  }

  void attach(TrackReaders readers) {
    source = track.add(readers);
    PacketLog log = source.log();
    waiting = track.isVideo();
    position = waiting || log == null ? 0 : log.tail();
  }

  void detach(TrackReaders readers) {
    track.remove(readers);
  }

  Track track() {
    return track;
  }

  @Override
  public boolean next(ByteBuf payload) {
    skipped = false;
    lostBefore = 0;
    while (true) {
      Source newer = source.next(); // asked first: what it ends is published by then
      if (readFrom(source.log(), payload)) {
        return true;
      }
      if (newer == null) {
        return false;
      }
      follow(newer);
    }
  }

  private void follow(Source newer) {
    source = newer;
    waiting = track.isVideo();
    position = 0;
    timeline.interrupt();
  }

  private boolean readFrom(@Nullable PacketLog log, ByteBuf payload) {
    if (log == null) {
      return false;
    }
    skipIfBehind(log);
    while (isStarted(log) && position < log.tail()) {
      if (copy(log, payload)) {
        position++;
        return true;
      }
    }
    return false;
  }

  private void skipIfBehind(PacketLog log) {
    long tail = log.tail();
    if (waiting || position >= tail) {
      return;
    }
    Ring ring = log.ring();
    long behind = ring.arrivalNanos(tail - 1) - ring.arrivalNanos(position);
    long target = track.isVideo() ? log.newestKeyframe() : tail - 1;
    if (behind > MOST_BEHIND_NANOS && target > position) {
      position = target;
      skipped = true;
    }
  }

  private boolean isStarted(PacketLog log) {
    if (waiting) {
      long keyframe = log.newestKeyframe();
      if (keyframe < position) {
        track.requestKeyframe(clock.nanos());
        return false;
      }
      position = keyframe;
      waiting = false;
    }
    return true;
  }

  /** copies the packet at the position; false when there is none, and the position has moved */
  private boolean copy(PacketLog log, ByteBuf payload) {
    Ring ring = log.ring();
    int sourceTimestamp = ring.timestamp(position);
    int end = payload.writerIndex();
    int length = ring.length(position);
    byte[] bytes = ring.bytes(position);
    int start = ring.start(position);
    marker = ring.marker(position);
    boolean marked = ring.startsKeyframe(position);
    arrivalNanos = ring.arrivalNanos(position);
    if (Ring.contains(bytes, start, length)) {
      payload.writeBytes(bytes, start, length);
    }
    if (!log.holds(position)) {
      payload.writerIndex(end);
      skip(log);
      return false;
    }
    if (length == 0) {
      lostBefore++;
      position++;
      return false;
    }
    startsKeyframe = marked || track.isVideo() && position == log.newestKeyframe();
    place(sourceTimestamp);
    return true;
  }

  private void skip(PacketLog log) {
    skipped = true;
    lostBefore = 0;
    waiting = track.isVideo();
    position = waiting ? position : log.tail();
  }

  private void place(int sourceTimestamp) {
    if (timeline.isInterrupted()) {
      timeline.resume(sourceTimestamp, arrivalNanos);
    }
    timestamp = timeline.timestampOf(sourceTimestamp);
    timeline.sent(timestamp, arrivalNanos);
  }

  @Override
  public String name() {
    return track.name();
  }

  @Override
  public Codec codec() {
    return track.codec();
  }

  @Override
  public CodecParameters parameters() {
    return parameters;
  }

  @Override
  public int timestamp() {
    return timestamp;
  }

  @Override
  public boolean marker() {
    return marker;
  }

  @Override
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public boolean startsKeyframe() {
    return startsKeyframe;
  }

  @Override
  public int lostBefore() {
    return lostBefore;
  }

  @Override
  public boolean skipped() {
    return skipped;
  }

  @Override
  public int timestampAt(long nanos) {
    ClockAnchor anchor = source.clock();
    return anchor == null || timeline.isInterrupted()
        ? timeline.at(nanos)
        : timeline.at(nanos, anchor);
  }
}
