package dev.sluice.examples.recording;

import java.time.Instant;

/**
 * What a track fragment says of a sample.
 *
 * @param shownAt in ticks since the file's beginning
 * @param takenAt on the wall clock
 * @param bytes its size
 * @param isKeyframe whether decoding can begin with it
 */
record Sample(long shownAt, Instant takenAt, int bytes, boolean isKeyframe) {}
