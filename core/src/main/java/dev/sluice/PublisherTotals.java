package dev.sluice;

/**
 * What all publishers sent, those that are gone included: no figure ever falls.
 *
 * @param publishers that came
 * @param packetsReceived RTP packets, or frames where a host pushes those
 * @param bytesReceived bytes of payload
 * @param packetsLost sequence numbers that never came
 * @param packetsDiscarded what came too late or was malformed
 * @param keyframes pictures at which viewers can start
 */
public record PublisherTotals(
    long publishers,
    long packetsReceived,
    long bytesReceived,
    long packetsLost,
    long packetsDiscarded,
    long keyframes) {}
