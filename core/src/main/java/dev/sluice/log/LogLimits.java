package dev.sluice.log;

/**
 * How much a log keeps.
 *
 * @param segmentBytes payload bytes of a segment, at least one payload
 * @param maxBytes payload bytes of all segments together, at least one segment
 * @param historyNanos packets younger than this are kept while the limit allows it
 * @param keepKeyframe whether everything since the newest keyframe is kept while the limit allows
 *     it
 */
public record LogLimits(int segmentBytes, int maxBytes, long historyNanos, boolean keepKeyframe) {}
