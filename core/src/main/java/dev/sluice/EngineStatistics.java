package dev.sluice;

import java.util.List;

/**
 * Figures of a whole engine, summed over its event loops.
 *
 * @param transport what carries datagrams: EPOLL or NIO
 * @param segmenting whether runs of packets leave as segmented datagrams at this moment
 * @param eventLoops threads that relay; fewer than configured where sockets cannot share a UDP port
 * @param streams streams with a publisher or viewers
 * @param viewers sessions of viewers
 * @param datagramsReceived on the UDP port, and on the sockets of peers that were called
 * @param datagramsSent likewise, segments counted one by one
 * @param bytesSent UDP payload bytes
 * @param sendErrors datagrams that the kernel refused
 * @param segmentationRefused segmented datagrams that were refused and sent again one by one
 * @param unknownSender datagrams dropped because no session has their address or user-name fragment
 * @param dropped datagrams dropped for their size or because too many waited
 * @param stunMalformed datagrams that look like STUN and are not
 * @param stunUnauthenticated checks with missing or wrong credentials
 * @param handshakesEvicted DTLS handshakes under way that were given up for newer ones, since all
 *     together kept too much memory
 * @param publisherTotals what all publishers sent until now
 * @param viewerTotals what all viewers were sent until now
 * @param iceTcp what connections carry
 * @param loops how each event loop is
 */
public record EngineStatistics(
    String transport,
    boolean segmenting,
    int eventLoops,
    int streams,
    int viewers,
    long datagramsReceived,
    long datagramsSent,
    long bytesSent,
    long sendErrors,
    long segmentationRefused,
    long unknownSender,
    long dropped,
    long stunMalformed,
    long stunUnauthenticated,
    long handshakesEvicted,
    PublisherTotals publisherTotals,
    ViewerTotals viewerTotals,
    IceTcpStatistics iceTcp,
    List<LoopStatistics> loops) {}
