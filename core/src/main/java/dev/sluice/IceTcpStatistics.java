package dev.sluice;

/**
 * What comes and goes by connections of peers whose UDP does not get through (ICE-TCP), all zero
 * where the engine has no port for it.
 *
 * @param connections open now
 * @param withoutSession connections that ended before they had named a session: too many, silent,
 *     or of somebody who speaks no ICE
 * @param packetsReceived from connections of sessions
 * @param packetsSent to them
 * @param bytesSent of those packets
 * @param packetsDropped since too much waited in a connection, or it was closed
 */
public record IceTcpStatistics(
    int connections,
    long withoutSession,
    long packetsReceived,
    long packetsSent,
    long bytesSent,
    long packetsDropped) {}
