package dev.sluice.rtp.samples;

import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.frames.FrameAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Audio that has one octet for each tick of its RTP clock: G.711, A-law and µ-law, and G.722, whose
 * clock is half its sampling rate (RFC 3551 section 4.5.2).
 *
 * <p>Payloads that are too large are cut between octets, each piece with the time of its first. A
 * marker, which begins a talkspurt, stays with the first piece. A frame is any number of octets.
 */
public final class SampleWriter implements MediaWriter {

  private final FrameAppender out;

  /**
   * Makes a writer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public SampleWriter(PayloadWriter out, int maxPayload) {
    this.out = new FrameAppender(out, maxPayload);
  }

  @Override
  public void accept(
      ByteBuf buf, int offset, int length, int timestamp, boolean marker, boolean lost) {
    Objects.checkFromIndexSize(offset, length, buf.capacity());
    if (lost) {
      out.lose();
    }
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, out.maxPayload());
      out.begin(timestamp + done);
      out.pass(buf, offset + done, count, marker && done == 0);
      done += count;
    }
  }

  @Override
  public boolean frame(ByteBuffer frame, int timestamp) {
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    accept(buf, 0, buf.readableBytes(), timestamp, false, false);
    return frame.hasRemaining();
  }

  @Override
  public void end() {}

  @Override
  public long malformed() {
    return out.malformed();
  }
}
