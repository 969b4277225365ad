package dev.sluice.log;

/**
 * How much a log keeps.
 *
 * @param initialBytes payload bytes of a new ring, at least one payload
 * @param maxBytes payload bytes the ring may grow to
 * @param historyNanos packets younger than this are kept while the ring may grow
 * @param keepKeyframe whether everything since the newest keyframe is kept while the ring may grow
 */
public record LogLimits(int initialBytes, int maxBytes, long historyNanos, boolean keepKeyframe) {}
