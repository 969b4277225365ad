package dev.sluice.rtsp;

/**
 * How it stands with a stream that is pulled, and what was counted since it was started.
 *
 * @param state what it does
 * @param udp whether media comes over UDP, or came last
 * @param attempts how often the source was connected to, or that was tried
 * @param connections how often it sent its stream then
 * @param lastFailure why the last connection ended or could not be made; empty when none failed
 * @param rtpPackets RTP packets handed to the engine
 * @param rtcpPackets compound RTCP packets read
 * @param foreignDatagrams UDP datagrams dropped because they do not come from the source
 * @param discarded other frames and datagrams dropped: malformed, or of an unknown source or
 *     payload type
 * @param requestedAgain packets missing over UDP that the source was asked to send again
 * @param keepAlives requests sent to keep a session
 * @param tracksDropped tracks of the source that are not relayed, such as those of another codec;
 *     counted on each connection
 */
public record RtspPullStatistics(
    RtspPull.State state,
    boolean udp,
    long attempts,
    long connections,
    String lastFailure,
    long rtpPackets,
    long rtcpPackets,
    long foreignDatagrams,
    long discarded,
    long requestedAgain,
    long keepAlives,
    long tracksDropped) {}
