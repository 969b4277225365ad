package dev.sluice.rtsp;

import dev.sluice.pull.PullTimes;
import java.util.Set;

/** What {@link RtspPullBuilder} has checked. */
record PullOptions(
    RtspTransport transport, PullTimes times, Set<AuthenticationScheme> authentication) {}
