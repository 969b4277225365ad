package dev.sluice.rtsp;

import java.util.Set;

/** What {@link RtspPullBuilder} has checked. */
record PullOptions(
    RtspTransport transport,
    boolean onDemand,
    long lingerNanos,
    long patienceNanos,
    long responseTimeoutNanos,
    long mediaTimeoutNanos,
    long leastRetryNanos,
    long mostRetryNanos,
    Set<AuthenticationScheme> authentication) {}
