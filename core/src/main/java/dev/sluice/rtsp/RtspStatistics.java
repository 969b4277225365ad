package dev.sluice.rtsp;

/**
 * Counts of one RTSP server since it started, each read on its own: the snapshot is not one moment.
 *
 * @param connections connections open now
 * @param connectionsAccepted connections accepted
 * @param connectionsRefused connections closed at once because there were too many, or too many of
 *     their address
 * @param sessions sessions open now
 * @param sessionsOpened sessions opened by an announcement
 * @param sessionsRefused announcements refused because there were too many sessions
 * @param announcementsRefused announcements refused because nothing in them is relayed, there were
 *     too many sessions, or they were malformed
 * @param tracksDropped tracks of accepted announcements that are not relayed, such as those of
 *     another codec
 * @param takeovers sessions ended because another publisher took their stream over
 * @param unauthorized announcements and descriptions that an authorizer refused
 * @param timeouts connections closed because their peer was silent
 * @param mediaTimeouts those of them whose publisher recorded and sent no media any more
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
 * @param players sessions that play now, or had a stream described and may
 * @param packetsPlayed RTP packets sent to players
 * @param playSkips how often a player that was too slow went on at a later keyframe
 */
public record RtspStatistics(
    long connections,
    long connectionsAccepted,
    long connectionsRefused,
    long sessions,
    long sessionsOpened,
    long sessionsRefused,
    long announcementsRefused,
    long tracksDropped,
    long takeovers,
    long unauthorized,
    long timeouts,
    long mediaTimeouts,
    long requests,
    long malformed,
    long failures,
    long interleavedFrames,
    long datagrams,
    long rtpPackets,
    long rtcpPackets,
    long foreignDatagrams,
    long discarded,
    long requestedAgain,
    long players,
    long packetsPlayed,
    long playSkips) {}
