package dev.sluice.rtp.vp8;

import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.frames.FrameAppender;
import dev.sluice.rtp.frames.PieceWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * VP8 over RTP (RFC 7741).
 *
 * <p>A payload that fits passes as it is, with one copy into the log. From the first one of a
 * partition on that does not, the partition is cut anew: its bytes go straight into the open packet
 * of the log, whose descriptor is that of the payload, without the start bit behind the first. So
 * every packet but the last has the full size.
 *
 * <p>A frame is a keyframe if its header says so; it may be disposable, or of a temporal layer,
 * where the source's descriptor says so.
 */
public final class Vp8Writer implements MediaWriter {

  /** of the frame tag: not set in keyframes (RFC 6386 section 9.1) */
  private static final int INTERFRAME = 1;

  private static final int FRAME_TAG_BYTES = 3;

  private final FrameAppender out;
  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final Vp8Descriptor cut = new Vp8Descriptor();
  private final PieceWriter pieces;
  private boolean started;
  private int timestamp;

  /**
   * Makes a writer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public Vp8Writer(PayloadWriter out, int maxPayload) {
    this.out = new FrameAppender(out, maxPayload);
    pieces = new PieceWriter(this.out, cut);
  }

  @Override
  public void accept(
      ByteBuf buf, int offset, int length, int payloadTimestamp, boolean marker, boolean lost) {
    Objects.checkFromIndexSize(offset, length, buf.capacity());
    if (lost) {
      lose();
    }
    if (length == 0) {
      return;
    }
    if (!descriptor.parse(buf, offset, length)) {
      out.drop();
      pieces.abandon();
      return;
    }
    boolean next = !started || payloadTimestamp != timestamp;
    if (next || descriptor.beginsPartition()) {
      finish(next);
    }
    if (next || descriptor.beginsFrame()) {
      begin(buf, offset + descriptor.length(), payloadTimestamp);
    }
    write(buf, offset, length, marker);
  }

  private void begin(ByteBuf buf, int frame, int frameTimestamp) {
    started = true;
    timestamp = frameTimestamp;
    out.begin(timestamp);
    out.mark(descriptor.marks());
    if (descriptor.beginsFrame() && (buf.getByte(frame) & INTERFRAME) == 0) {
      out.keyframe();
    }
  }

  private void write(ByteBuf buf, int offset, int length, boolean marker) {
    if (length <= out.maxPayload() && !pieces.isRunning()) {
      out.pass(buf, offset, length, marker);
      return;
    }
    if (!pieces.isRunning()) {
      cut.copy(descriptor);
      pieces.begin();
    }
    pieces.append(buf, offset + descriptor.length(), length - descriptor.length());
    if (marker) {
      pieces.end(true);
    }
  }

  @Override
  public boolean frame(ByteBuffer frame, int frameTimestamp) {
    finish(true);
    if (frame.remaining() < FRAME_TAG_BYTES) {
      out.drop();
      return false;
    }
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    cut.copy(descriptor.plain());
    begin(buf, 0, frameTimestamp);
    pieces.begin();
    pieces.append(buf, 0, buf.readableBytes());
    pieces.end(true);
    return true;
  }

  @Override
  public void end() {
    finish(true);
  }

  @Override
  public long malformed() {
    return out.malformed();
  }

  /** what is open gets no more bytes */
  private void finish(boolean lastOfFrame) {
    if (pieces.isRunning()) {
      pieces.end(lastOfFrame);
    }
  }

  private void lose() {
    out.lose();
    pieces.abandon();
  }
}
