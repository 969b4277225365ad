package dev.sluice.receive;

/**
 * What a track's receiver needs to know.
 *
 * @param payloadType the RTP payload type that is taken
 * @param clockRate RTP ticks a second
 * @param resends whether the peer sends lost packets again when a generic NACK asks for them
 * @param mayReorder whether the transport may change the order of packets, or lose them
 * @param reorderPackets how many packets wait for an earlier one
 * @param reorderDelayNanos how long they wait
 */
public record ReceiverParameters(
    int payloadType,
    int clockRate,
    boolean resends,
    boolean mayReorder,
    int reorderPackets,
    long reorderDelayNanos) {}
