package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Writes the media of one track as the RTP payloads that viewers get: from the RTP payloads of a
 * source, or from the frames of an encoder.
 *
 * <p>Nothing is thrown for what payloads and frames hold, and nothing of them is kept that could
 * grow. What is lost or malformed is dropped, and a sequence number is left out so that viewers see
 * the loss. Used by one thread at a time, except where a method says otherwise.
 */
public interface MediaWriter {

  /**
   * Takes the next RTP payload in sequence order.
   *
   * @param buf holds the payload; borrowed until the call returns, its indexes are left alone
   * @param offset absolute index of the payload
   * @param length payload length in bytes, without RTP padding
   * @param timestamp RTP timestamp, in ticks of the payload's clock
   * @param marker the RTP marker bit
   * @param lostBefore whether packets are missing between this one and the one before
   */
  void accept(
      ByteBuf buf, int offset, int length, int timestamp, boolean marker, boolean lostBefore);

  /**
   * Takes one frame as encoders give it.
   *
   * @param frame from position to limit, heap or direct, both left as they are; borrowed until the
   *     call returns
   * @param timestamp RTP timestamp, in ticks of the payload's clock
   * @return whether it was well-formed
   */
  boolean frame(ByteBuffer frame, int timestamp);

  /** The source ended, or has paused: nothing that is held back gets a successor. */
  void end();

  /** {@return how many payloads and frames were dropped because they were malformed; any thread} */
  long malformed();
}
