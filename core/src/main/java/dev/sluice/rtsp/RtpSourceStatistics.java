package dev.sluice.rtsp;

/**
 * Counts of one source of plain RTP since it was started.
 *
 * @param publishing whether media comes, so that the stream is published
 * @param datagrams UDP datagrams read
 * @param rtpPackets RTP packets handed to the engine
 * @param rtcpPackets compound RTCP packets read
 * @param foreignDatagrams datagrams dropped because they come from somebody else
 * @param discarded other datagrams dropped: malformed, or of an unknown source or payload type
 * @param requestedAgain missing packets that the source was asked to send again
 * @param tracksDropped tracks of its description that are not relayed, such as those of another
 *     codec
 */
public record RtpSourceStatistics(
    boolean publishing,
    long datagrams,
    long rtpPackets,
    long rtcpPackets,
    long foreignDatagrams,
    long discarded,
    long requestedAgain,
    long tracksDropped) {}
