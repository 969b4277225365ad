package dev.sluice.rtsp;

/**
 * Counts of one RTSP server since it started, each read on its own: the snapshot is not one moment.
 *
 * @param connections connections open now
 * @param connectionsAccepted connections accepted
 * @param connectionsRefused connections closed at once because there were too many
 * @param sessions sessions open now
 * @param sessionsOpened sessions opened by an announcement
 * @param sessionsRefused announcements refused because there were too many sessions
 * @param unauthorized announcements that the authorizer refused
 * @param timeouts connections closed because their peer was silent
 * @param requests requests read
 * @param malformed connections closed because their peer broke the protocol
 * @param failures connections closed because of an error of this server or its host
 * @param interleavedFrames frames read from RTSP connections
 * @param datagrams UDP datagrams read
 * @param rtpPackets RTP packets handed to the engine
 * @param rtcpPackets compound RTCP packets read
 * @param foreignDatagrams UDP datagrams dropped because they do not come from the session's peer
 * @param discarded other frames and datagrams dropped: malformed, of an unknown channel, source or
 *     payload type, or of a track that is not relayed
 * @param requestedAgain packets missing over UDP that the peer was asked to send again
 */
public record RtspStatistics(
    long connections,
    long connectionsAccepted,
    long connectionsRefused,
    long sessions,
    long sessionsOpened,
    long sessionsRefused,
    long unauthorized,
    long timeouts,
    long requests,
    long malformed,
    long failures,
    long interleavedFrames,
    long datagrams,
    long rtpPackets,
    long rtcpPackets,
    long foreignDatagrams,
    long discarded,
    long requestedAgain) {}
