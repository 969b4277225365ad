package dev.sluice.rtsp;

import java.util.Set;

/** What {@link RtspServer.Builder} has checked. */
record RtspOptions(
    long sessionTimeoutNanos,
    long idleTimeoutNanos,
    long mediaTimeoutNanos,
    long reportIntervalNanos,
    boolean udp,
    PortRange udpPorts,
    int maxConnections,
    int maxIdlePerAddress,
    int maxSessions,
    int maxPlayers,
    int reorderPackets,
    long reorderDelayNanos,
    PublishAuthorizer authorizer,
    PlayAuthorizer playAuthorizer,
    Set<AuthenticationScheme> authentication) {}
