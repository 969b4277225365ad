package dev.sluice.rtp.vp9;

import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.frames.FrameAppender;
import dev.sluice.rtp.frames.PieceWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * VP9 over RTP (RFC 9628), in flexible mode or not, with layers or without.
 *
 * <p>A payload that fits passes as it is, with one copy into the log. From the first one of a
 * layer's frame on that does not, the frame is cut anew: its bytes go straight into the open packet
 * of the log, whose descriptor is that of the payload, with the bits for begin and end where they
 * belong and the scalability structure in the first only.
 *
 * <p>A frame of the lowest spatial layer is a keyframe if its header says so. Where a source
 * without layers claims of every frame that it refers to no other, as some do, the descriptor is
 * set right, since receivers take such frames for keyframes.
 */
public final class Vp9Writer implements MediaWriter {

  /** what {@link #profile()} returns before the first keyframe */
  public static final int UNKNOWN_PROFILE = -1;

  private final FrameAppender out;
  private final Vp9Descriptor descriptor = new Vp9Descriptor();
  private final Vp9Descriptor cut = new Vp9Descriptor();
  private final PieceWriter pieces;
  private volatile int profile = UNKNOWN_PROFILE;
  private boolean started;
  private boolean inter;
  private int timestamp;

  /**
   * Makes a writer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public Vp9Writer(PayloadWriter out, int maxPayload) {
    this.out = new FrameAppender(out, maxPayload);
    pieces = new PieceWriter(this.out, cut);
  }

  /** {@return the profile of the newest keyframe, 0 to 3; any thread} */
  public int profile() {
    return profile;
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
    if (!descriptor.parse(buf, offset, length) || descriptor.length() >= out.maxPayload()) {
      out.drop();
      lose();
      return;
    }
    boolean next = !started || payloadTimestamp != timestamp;
    if (next || descriptor.beginsFrame()) {
      finish(next);
      int header = buf.getByte(offset + descriptor.length());
      inter = descriptor.beginsFrame() && Vp9FrameHeader.isInter(header);
      begin(descriptor, header, payloadTimestamp);
    }
    if (inter && descriptor.claimsToBeIntra()) {
      descriptor.setInterPredicted();
    }
    write(buf, offset, length, marker);
  }

  private void begin(Vp9Descriptor frame, int header, int frameTimestamp) {
    started = true;
    timestamp = frameTimestamp;
    out.begin(timestamp);
    out.mark(frame.marks());
    if (frame.beginsFrame() && frame.spatialId() == 0 && Vp9FrameHeader.isKey(header)) {
      out.keyframe();
      profile = Vp9FrameHeader.profile(header);
    }
  }

  private void write(ByteBuf buf, int offset, int length, boolean marker) {
    if (length <= out.maxPayload() && !pieces.isRunning()) {
      pass(buf, offset, length, marker);
      return;
    }
    if (!pieces.isRunning()) {
      cut.copy(descriptor);
      pieces.begin();
    }
    pieces.append(buf, offset + descriptor.length(), length - descriptor.length());
    if (descriptor.endsFrame()) {
      cut.setEnd();
    }
    if (descriptor.endsFrame() || marker) {
      pieces.end(marker);
    }
  }

  private void pass(ByteBuf buf, int offset, int length, boolean marker) {
    out.open(length);
    buf.getBytes(offset, out.array(), out.offset(), length);
    out.array()[out.offset()] = descriptor.firstByte();
    out.commit(length, marker);
  }

  @Override
  public boolean frame(ByteBuffer frame, int frameTimestamp) {
    finish(true);
    if (!frame.hasRemaining() || !Vp9FrameHeader.isFrame(frame.get(frame.position()))) {
      out.drop();
      return false;
    }
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    int header = buf.getByte(0);
    cut.plain(Vp9FrameHeader.isKey(header));
    begin(cut, header, frameTimestamp);
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
  private void finish(boolean lastOfPicture) {
    if (pieces.isRunning()) {
      cut.setEnd();
      pieces.end(lastOfPicture);
    }
  }

  private void lose() {
    out.lose();
    pieces.abandon();
    inter = false;
  }
}
