package dev.sluice;

import dev.sluice.codec.PayloadCounts;

/**
 * What came in on one track.
 *
 * @param packets RTP packets, or frames where the host pushes those
 * @param bytes of payload
 * @param bitRate bits of payload a second, over the last second or two
 * @param lost sequence numbers that never came
 * @param outOfOrder packets that came too late
 * @param malformed packets and payloads that were dropped
 * @param logBytes memory that the packet log holds at the moment
 * @param keyframes pictures at which viewers can start
 * @param keyframeAgeNanos how long ago the newest of them came; -1 when the log does not hold it
 * @param viewersWaiting viewers that wait for the next one
 * @param payload what the payloads held, and what of it was left out
 */
public record TrackStatistics(
    long packets,
    long bytes,
    long bitRate,
    long lost,
    long outOfOrder,
    long malformed,
    int logBytes,
    long keyframes,
    long keyframeAgeNanos,
    int viewersWaiting,
    PayloadCounts payload) {}
