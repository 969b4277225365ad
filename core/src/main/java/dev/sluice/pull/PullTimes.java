package dev.sluice.pull;

import java.time.Duration;

/**
 * What a {@link PullBuilder} has checked.
 *
 * @param onDemand whether the source is connected to only while somebody wants its stream
 * @param linger how long it is kept then
 * @param patience how long a viewer waits for it
 * @param responseTimeoutNanos how long connecting may take, and each response
 * @param mediaTimeoutNanos after which time without media the source is connected to anew
 * @param leastRetryNanos the time before a connection is tried again
 * @param mostRetryNanos up to what it grows
 */
public record PullTimes(
    boolean onDemand,
    Duration linger,
    Duration patience,
    long responseTimeoutNanos,
    long mediaTimeoutNanos,
    long leastRetryNanos,
    long mostRetryNanos) {}
