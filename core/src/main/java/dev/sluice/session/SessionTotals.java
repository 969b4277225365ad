package dev.sluice.session;

/**
 * Sums over the senders of a session.
 *
 * @param packets RTP packets sent
 * @param octets payload bytes sent
 * @param requested sequence numbers asked for again
 * @param resent packets sent again
 * @param tooLate asked for too late
 * @param limited refused by a limit
 * @param resynchronisations jumps to a keyframe
 */
public record SessionTotals(
    long packets,
    long octets,
    long requested,
    long resent,
    long tooLate,
    long limited,
    long resynchronisations) {}
