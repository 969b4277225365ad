package dev.sluice.receive;

/**
 * What a sender report says of its source's clocks.
 *
 * @param ssrc of the source
 * @param ntpTimestamp wall clock, seconds since 1900 in 32.32 fixed point
 * @param rtpTimestamp RTP clock at the same moment
 * @param arrivalNanos when the report came
 */
public record ClockReading(int ssrc, long ntpTimestamp, int rtpTimestamp, long arrivalNanos) {}
