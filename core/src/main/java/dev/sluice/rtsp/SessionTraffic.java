package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;

/** What passes in a session, to or from its peer. On its event loop only. */
interface SessionTraffic {

  /** whether its peer records: one that sends nothing for a while is closed */
  boolean isRecording();

  /** whether media goes to its peer, which may be slower than it */
  default boolean isPlaying() {
    return false;
  }

  /** how long a frame of an interleaved channel may be, see {@link InterleavedRtspDecoder} */
  int frameLimit(int channel);

  /**
   * Takes an interleaved frame, borrowed.
   *
   * @return whether the channel is one of this session
   */
  boolean onFrame(int channel, ByteBuf frame, long nowNanos);

  /** All that had arrived was handed over. */
  default void onReadComplete() {}

  /** The connection takes more. */
  default void onWritable() {}

  /** Does what is due and says when to be woken next. */
  void handleTimeout(long nowNanos);
}
