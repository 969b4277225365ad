package dev.sluice.rtsp;

/** What {@link RtspServer.Builder} has checked. */
record RtspOptions(
    long sessionTimeoutNanos,
    long idleTimeoutNanos,
    long reportIntervalNanos,
    boolean udp,
    PortRange udpPorts,
    int maxConnections,
    int maxSessions,
    int reorderPackets,
    long reorderDelayNanos,
    PublishAuthorizer authorizer) {}
