package dev.sluice.spi;

import dev.sluice.codec.Codec;
import dev.sluice.codec.CodecParameters;
import io.netty.buffer.ByteBuf;

/**
 * Reads one track, a packet at a time: video from the newest keyframe on, audio from now on. It
 * skips to the newest keyframe when the packets it is at are gone, or are seconds old while there
 * is a newer keyframe.
 *
 * <p>The getters of a packet's properties are those of the packet that {@link #next} gave last.
 */
public interface TrackReader {

  /** {@return the track's name} */
  String name();

  /** {@return what it carries} */
  Codec codec();

  /** {@return what was announced of it} */
  CodecParameters parameters();

  /**
   * Reads the next packet.
   *
   * @param payload gets the RTP payload behind its writer index; the caller's
   * @return false when there is nothing to read now; then nothing was written
   */
  boolean next(ByteBuf payload);

  /**
   * {@return the packet's RTP timestamp, on a timeline of this reader that begins at 0 and goes on
   * when another publisher comes}
   */
  int timestamp();

  /** {@return the packet's RTP marker bit} */
  boolean marker();

  /** {@return when it came, on the engine's clock in nanoseconds} */
  long arrivalNanos();

  /** {@return whether a keyframe that can be decoded on its own begins with it} */
  boolean startsKeyframe();

  /** {@return how many packets before it the source lost} */
  int lostBefore();

  /** {@return whether media between it and the packet before were left out} */
  boolean skipped();

  /**
   * The RTP timestamp of a moment, for sender reports.
   *
   * @param nanos on the engine's clock
   * @return on this reader's timeline
   */
  int timestampAt(long nanos);
}
