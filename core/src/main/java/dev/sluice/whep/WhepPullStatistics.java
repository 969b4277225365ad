package dev.sluice.whep;

import dev.sluice.IngestStatistics;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a stream that is pulled, and what was counted since it was started.
 *
 * @param state what it does
 * @param attempts how often the endpoint was asked for the stream
 * @param connections how often it sent it then
 * @param lastFailure why the last session ended or could not be made; empty when none failed
 * @param media what came in the present session, or the last one; null before the first
 */
public record WhepPullStatistics(
    WhepPull.State state,
    long attempts,
    long connections,
    String lastFailure,
    @Nullable IngestStatistics media) {}
