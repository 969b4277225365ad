package dev.sluice;

import java.util.Map;

/**
 * What all viewers were sent and said of it, those that are gone included: no figure ever falls.
 *
 * @param viewers whose offer was answered
 * @param connected of them, those whose ICE and DTLS went through
 * @param disconnected of them, those that are gone, by reason; every reason is there
 * @param handshakesBegun DTLS handshakes of which a datagram came
 * @param handshakesDone those that are complete
 * @param handshakesFailed those that failed; the others are under way, or their viewer gave up
 * @param packetsSent RTP packets, retransmissions left out
 * @param bytesSent RTP payload bytes, retransmissions left out
 * @param retransmittedPacketsSent packets sent again
 * @param retransmittedBytesSent bytes of those, with headers and protection
 * @param retransmissionsRequested sequence numbers asked for again
 * @param retransmissionsTooLate asked for when the history did not hold them any more
 * @param retransmissionsLimited not sent again because of a configured limit
 * @param fecPacketsSent repair packets of forward error correction
 * @param fecBytesSent bytes of those, with headers and protection
 * @param nackCount NACK messages
 * @param pliCount PLI messages
 * @param firCount FIR messages
 * @param resynchronisations how often viewers fell behind the history and went on at a keyframe
 * @param accessUnitsWithheld pictures left out since viewers' links did not carry them
 * @param rtcpBytesSent SRTCP bytes to viewers
 * @param rtcpBytesReceived RTCP bytes from viewers
 * @param dropped datagrams of sessions that were malformed, forged, replayed or unexpected
 * @param timeToFirstFrame from an offer until the first complete picture was sent
 */
public record ViewerTotals(
    long viewers,
    long connected,
    Map<DisconnectReason, Long> disconnected,
    long handshakesBegun,
    long handshakesDone,
    long handshakesFailed,
    long packetsSent,
    long bytesSent,
    long retransmittedPacketsSent,
    long retransmittedBytesSent,
    long retransmissionsRequested,
    long retransmissionsTooLate,
    long retransmissionsLimited,
    long fecPacketsSent,
    long fecBytesSent,
    long nackCount,
    long pliCount,
    long firCount,
    long resynchronisations,
    long accessUnitsWithheld,
    long rtcpBytesSent,
    long rtcpBytesReceived,
    long dropped,
    TimeHistogram timeToFirstFrame) {}
