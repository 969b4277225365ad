package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Passes payloads on as they are, for payload formats in which every packet can be decoded on its
 * own, such as Opus (RFC 7587). One that is empty or too large is dropped. A frame is a payload.
 *
 * <p>Used by one thread at a time.
 */
public final class PassThroughNormalizer implements MediaWriter {

  private final PayloadWriter out;
  private final int maxPayload;
  private boolean lost;
  private long empty;
  private long oversized;

  /**
   * Creates a normalizer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, at least 1
   */
  public PassThroughNormalizer(PayloadWriter out, int maxPayload) {
    if (maxPayload < 1) {
      throw new IllegalArgumentException("maxPayload must be at least 1: " + maxPayload);
    }
    this.out = out;
    this.maxPayload = maxPayload;
  }

  @Override
  public void accept(
      ByteBuf buf, int offset, int length, int timestamp, boolean marker, boolean lostBefore) {
    lost |= lostBefore;
    if (length == 0) {
      empty++;
    } else if (length > maxPayload) {
      oversized++;
      lost = true;
    } else {
      write(buf, offset, length, timestamp, marker);
    }
  }

  @Override
  public boolean frame(ByteBuffer frame, int timestamp) {
    ByteBuf payload = Unpooled.wrappedBuffer(frame.duplicate());
    int length = payload.readableBytes();
    accept(payload, 0, length, timestamp, false, false);
    return length > 0 && length <= maxPayload;
  }

  @Override
  public void end() {}

  @Override
  public long malformed() {
    return oversized;
  }

  private void write(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    if (lost) {
      out.skip(1);
      lost = false;
    }
    out.open(length);
    buf.getBytes(offset, out.array(), out.offset(), length);
    out.commit(length, timestamp, marker);
  }

  /** {@return how many payloads were dropped because they were empty, as those of padding are} */
  public long empty() {
    return empty;
  }
}
