package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Puts the RTP payloads of a frame together as decoders take it: the inverse of {@link
 * MediaWriter}. One object serves one track, a frame after the other; used by one thread at a time.
 */
public interface FrameAssembler {

  /**
   * Takes the next payload of a frame.
   *
   * @param payload from reader to writer index; borrowed
   * @param frame gets what it holds behind its writer index
   * @return false if it is malformed, or goes on with something whose beginning is missing; then
   *     the frame is of no use
   */
  boolean append(ByteBuf payload, ByteBuf frame);

  /**
   * Whether a frame begins with its own first payload, for where payloads before it are missing.
   *
   * @param frame what was written, complete
   * @return false if not, or if that cannot be told
   */
  default boolean hasBeginning(ByteBuf frame) {
    return true;
  }

  /**
   * The frame has no further payload, or is of no use; the next payload begins another one.
   *
   * @param frame what was written
   * @return whether the frame is complete
   */
  default boolean end(ByteBuf frame) {
    return frame.isReadable();
  }
}
