package dev.sluice;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One frame of a track, as decoders and files take it.
 *
 * @param track which
 * @param data from position to limit what {@link FrameInput#writeFrame} takes of the track's codec,
 *     or, of NAL units behind their lengths, what {@link FrameInput#writeNalUnits} takes with
 *     lengths of four bytes. The reader's: it holds until the next call of {@link
 *     FrameReader#next}, so copy what is to be kept
 * @param timestamp in ticks of the codec's clock, on a timeline of the reader that begins about 0
 *     and goes on when another publisher comes; of pictures that are shown in another order than
 *     they are sent in, the later one may have the earlier time
 * @param time when it was taken, on the engine's wall clock: by the source's sender reports where
 *     it sends them, else when it came
 * @param isKeyframe whether decoding can begin with it. It then has all the parameter sets that it
 *     needs; of audio it always can
 * @param skippedBefore whether something of the track between the frame before and this one is
 *     missing: the source lost it, or the reader was too slow
 */
public record Frame(
    TrackDescription track,
    ByteBuffer data,
    long timestamp,
    Instant time,
    boolean isKeyframe,
    boolean skippedBefore) {}
