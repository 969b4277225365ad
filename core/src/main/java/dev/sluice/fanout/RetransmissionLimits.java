package dev.sluice.fanout;

/**
 * What retransmission may cost.
 *
 * @param maxRepeats of one packet to one viewer
 * @param maxShare of the bytes sent to a viewer
 */
public record RetransmissionLimits(int maxRepeats, double maxShare) {}
