package dev.sluice;

import java.nio.ByteBuffer;

/** Where a publisher writes a track that comes as encoded frames, whatever its codec. */
public interface FrameInput extends TrackInput {

  /**
   * Writes one frame as encoders of the track's codec give it: where the codec has NAL units, an
   * access unit with start codes (annex B); an encoded picture; a packet or any number of samples
   * of audio. {@link dev.sluice.codec.Codec} says what each codec takes.
   *
   * @param frame from position to limit, both left as they are; borrowed until the call returns
   * @param timestamp in ticks of {@link dev.sluice.codec.Codec#clockRate()}; its lower 32 bits are
   *     used
   * @return whether it was well-formed
   */
  boolean writeFrame(ByteBuffer frame, long timestamp);

  /**
   * Writes one access unit of length-prefixed NAL units, as in MP4 files.
   *
   * @param nalUnits as for {@link #writeFrame}
   * @param lengthSize bytes of each length field, big-endian: 1, 2 or 4
   * @param timestamp as for {@link #writeFrame}
   * @return whether it was well-formed
   * @throws IllegalArgumentException for another length size
   * @throws IllegalStateException if the track's codec has no NAL units
   */
  boolean writeNalUnits(ByteBuffer nalUnits, int lengthSize, long timestamp);
}
