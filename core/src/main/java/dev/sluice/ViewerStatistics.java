package dev.sluice;

import dev.sluice.srtp.SrtpProfile;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a viewer and what it said of that; where W3C's WebRTC statistics have a word for
 * it, it is that word.
 *
 * @param srtpProfile negotiated protection; null before the handshake
 * @param joined how long after its offer came each phase was reached; those that were not are
 *     missing
 * @param packetsSent RTP packets, retransmissions left out
 * @param bytesSent RTP payload bytes, retransmissions left out
 * @param retransmittedPacketsSent packets sent again
 * @param retransmittedBytesSent bytes of those, with headers and protection
 * @param retransmissionsRequested sequence numbers that the viewer asked for again
 * @param retransmissionsTooLate asked for when the history did not hold them any more
 * @param retransmissionsLimited not sent again because of a configured limit
 * @param fecPacketsSent repair packets of forward error correction
 * @param fecBytesSent bytes of those, with headers and protection
 * @param nackCount NACK messages of the viewer
 * @param pliCount PLI messages of the viewer
 * @param firCount FIR messages of the viewer
 * @param resynchronisations how often it fell behind the history and went on at a keyframe
 * @param packetsLost by the viewer's newest receiver report on the picture, or on audio where there
 *     is no picture
 * @param fractionLost of the packets since the report before, 0 to 1
 * @param jitter of their arrival, by the same report; null while unknown
 * @param roundTripTime by the viewer's newest receiver report; null while unknown
 * @param rtcpBytesSent SRTCP bytes to the viewer
 * @param rtcpBytesReceived RTCP bytes from the viewer
 * @param dropped datagrams that were malformed, forged, replayed or unexpected
 * @param estimatedBitrate bits per second that the viewer's link is taken to carry by its newest
 *     report, {@link RateOptions#greatest()} while it shows no limit; 0 while nothing comes back;
 *     -1 where that is not known
 * @param thinned whether pictures, or sound too, are left out at present, since the link does not
 *     carry them
 * @param accessUnitsWithheld pictures left out so far, and packets of sound
 * @param behindLiveNanos how long ago what is sent next came from the publisher; 0 for a viewer who
 *     has everything
 * @param rendition the {@link PublisherContext#rendition} of the encoding that is sent, of the
 *     first picture that has several; null where there was never a choice
 */
public record ViewerStatistics(
    @Nullable SrtpProfile srtpProfile,
    Map<JoinPhase, Duration> joined,
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
    int packetsLost,
    double fractionLost,
    @Nullable Duration jitter,
    @Nullable Duration roundTripTime,
    long rtcpBytesSent,
    long rtcpBytesReceived,
    long dropped,
    long estimatedBitrate,
    boolean thinned,
    long accessUnitsWithheld,
    long behindLiveNanos,
    @Nullable String rendition) {}
