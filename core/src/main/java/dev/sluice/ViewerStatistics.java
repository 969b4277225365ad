package dev.sluice;

import dev.sluice.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a viewer and what it said of that.
 *
 * @param srtpProfile negotiated protection; null before the handshake
 * @param packetsSent RTP packets, retransmissions left out
 * @param bytesSent RTP payload bytes, retransmissions left out
 * @param retransmissionsRequested sequence numbers that the viewer asked for again
 * @param retransmissionsSent packets sent again
 * @param retransmissionsTooLate asked for when the history did not hold them any more
 * @param retransmissionsLimited not sent again because of a configured limit
 * @param keyframeRequests PLI and FIR of the viewer
 * @param resynchronisations how often it fell behind the history and went on at a keyframe
 * @param packetsLost by the viewer's newest receiver report
 * @param roundTripNanos by the viewer's newest receiver report; -1 while unknown
 * @param rtcpBytesSent SRTCP bytes to the viewer
 * @param rtcpBytesReceived RTCP bytes from the viewer
 * @param dropped datagrams that were malformed, forged, replayed or unexpected
 * @param estimatedBitrate bits per second that the viewer's link is taken to carry by its newest
 *     report, {@link RateOptions#greatest()} while it shows no limit; 0 while nothing comes back;
 *     -1 where that is not known
 */
public record ViewerStatistics(
    @Nullable SrtpProfile srtpProfile,
    long packetsSent,
    long bytesSent,
    long retransmissionsRequested,
    long retransmissionsSent,
    long retransmissionsTooLate,
    long retransmissionsLimited,
    long keyframeRequests,
    long resynchronisations,
    int packetsLost,
    long roundTripNanos,
    long rtcpBytesSent,
    long rtcpBytesReceived,
    long dropped,
    long estimatedBitrate) {}
