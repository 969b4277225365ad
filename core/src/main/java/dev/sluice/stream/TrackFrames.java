package dev.sluice.stream;

import dev.sluice.Frame;
import dev.sluice.TrackDescription;
import dev.sluice.codec.NalUnitFraming;
import dev.sluice.rtcp.NtpTime;
import dev.sluice.rtp.FrameAssembler;
import dev.sluice.spi.StreamReader;
import dev.sluice.spi.TrackReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Puts the packets of one track together into frames. A frame ends with the marker bit, or where
 * the next packet is of another time; one of which something is missing is left out.
 */
final class TrackFrames {
  /** more than any real frame has; else one that does not end would grow for ever */
  private static final int MOST_BYTES = 16 << 20;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final StreamReader stream;
  private final TrackReader reader;
  private final TrackDescription description;
  private final FrameAssembler assembler;
  private final ByteBuf packet = Unpooled.buffer();
  private final ByteBuf data = Unpooled.buffer();
  private boolean packetWaits;
  private @Nullable Frame ready;
  private long readyArrivalNanos;

  // of the frame that is put together
  private boolean open;
  private boolean broken;
  private boolean perhapsHeadless;
  private boolean keyframe;
  private int timestamp;
  private long arrivalNanos;

  private boolean skipped;
  private long extended;

  TrackFrames(StreamReader stream, TrackReader reader, NalUnitFraming framing) {
    this.stream = stream;
    this.reader = reader;
    description = new TrackDescription(reader.name(), reader.codec(), reader.parameters());
    assembler = reader.codec().format().frames(framing);
  }

  TrackDescription description() {
    return description;
  }

  /** whether a frame is complete */
  boolean read() {
    while (ready == null && (packetWaits || nextPacket())) {
      take();
    }
    return ready != null;
  }

  /** when the frame that is complete began to come */
  long readyArrivalNanos() {
    return readyArrivalNanos;
  }

  /** the frame that is complete, whose data holds until the next call of {@link #read} */
  Frame poll() {
    Frame frame = ready;
    ready = null;
    if (frame == null) {
      throw new IllegalStateException("no frame is complete");
    }
    return frame;
  }

  private boolean nextPacket() {
    packet.clear();
    packetWaits = reader.next(packet);
    return packetWaits;
  }

  private void take() {
    boolean missing = reader.skipped() || reader.lostBefore() > 0;
    if (open && reader.timestamp() != timestamp) {
      broken |= missing; // perhaps its end
      finish();
      return; // the packet is looked at again when that frame is gone
    }
    packetWaits = false;
    if (open) {
      broken |= missing;
    } else {
      begin(missing);
    }
    skipped |= missing;
    broken = broken || data.writerIndex() > MOST_BYTES || !assembler.append(packet, data);
    if (reader.marker() || !description.isVideo()) {
      finish();
    }
  }

  private void begin(boolean missingBefore) {
    open = true;
    data.clear();
    broken = false;
    keyframe = reader.startsKeyframe() || !description.isVideo();
    perhapsHeadless = missingBefore && !keyframe;
    extended += reader.timestamp() - timestamp;
    timestamp = reader.timestamp();
    arrivalNanos = reader.arrivalNanos();
  }

  private void finish() {
    boolean whole = assembler.end(data) && !broken;
    boolean complete = whole && (!perhapsHeadless || assembler.hasBeginning(data));
    open = false;
    if (complete) {
      ready = new Frame(description, data.nioBuffer(), extended, time(), keyframe, skipped);
      readyArrivalNanos = arrivalNanos;
    }
    skipped = !complete;
  }

  private Instant time() {
    int behind = reader.timestampAt(arrivalNanos) - timestamp;
    long taken = arrivalNanos - behind * NANOS_PER_SECOND / description.codec().clockRate();
    long epochNanos = NtpTime.toEpochNanos(stream.ntp(taken));
    return Instant.ofEpochSecond(0, epochNanos);
  }
}
