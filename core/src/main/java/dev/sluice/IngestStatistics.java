package dev.sluice;

import dev.sluice.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/**
 * What came from a peer that publishes. {@link TrackStatistics} has the figures of its tracks.
 *
 * @param srtpProfile negotiated protection; null before the handshake
 * @param packetsReceived RTP packets that belong to a track, retransmissions left out
 * @param retransmissionsRequested sequence numbers that the peer was asked for again
 * @param packetsRepaired lost packets that came again, on request or with another packet
 * @param keyframeRequests PLI to the peer
 * @param rtcpBytesSent SRTCP bytes to the peer
 * @param dropped datagrams that were malformed, forged, replayed, unexpected or of no track
 */
public record IngestStatistics(
    @Nullable SrtpProfile srtpProfile,
    long packetsReceived,
    long retransmissionsRequested,
    long packetsRepaired,
    long keyframeRequests,
    long rtcpBytesSent,
    long dropped) {}
