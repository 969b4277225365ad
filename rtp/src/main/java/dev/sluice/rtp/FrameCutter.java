package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Tells where the frames of a byte stream end: what an encoder writes without a container. Used by
 * one thread at a time.
 */
public interface FrameCutter {

  /** what {@link #cut} returns when more bytes are needed */
  int MORE = -1;

  /**
   * Looks for the end of the frame that the bytes begin with. The next call gets the bytes behind
   * it, or, where more were needed, the same ones and more behind them.
   *
   * @param buf the bytes from reader to writer index; its indexes are left alone
   * @param ended whether the stream has no further bytes
   * @return length of the frame in bytes, 0 when there is none any more, or {@link #MORE}
   */
  int cut(ByteBuf buf, boolean ended);
}
