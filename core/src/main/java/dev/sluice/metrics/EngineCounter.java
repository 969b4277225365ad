package dev.sluice.metrics;

import dev.sluice.EngineStatistics;
import dev.sluice.PublisherTotals;
import dev.sluice.ViewerTotals;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A figure that only grows.
 *
 * @param meter its name, as Micrometer has names
 * @param unit base unit, null for a plain count
 * @param description for who looks at it
 * @param in finds it
 */
record EngineCounter(
    String meter, @Nullable String unit, String description, ToLongFunction<EngineStatistics> in) {

  private static final String BYTES = "bytes";

  static final List<EngineCounter> ALL =
      List.of(
          ofViewers("viewers.answered", null, "Viewers that came", ViewerTotals::viewers),
          ofViewers("viewers.connected", null, "Viewers that connected", ViewerTotals::connected),
          ofViewers(
              "handshakes.begun",
              null,
              "DTLS handshakes of viewers begun",
              ViewerTotals::handshakesBegun),
          ofViewers(
              "handshakes.done",
              null,
              "DTLS handshakes of viewers completed",
              ViewerTotals::handshakesDone),
          ofViewers(
              "handshakes.failed",
              null,
              "DTLS handshakes of viewers that failed",
              ViewerTotals::handshakesFailed),
          of(
              "handshakes.evicted",
              null,
              "DTLS handshakes of all peers given up for newer ones",
              EngineStatistics::handshakesEvicted),
          ofViewers(
              "packets.sent",
              null,
              "RTP packets to viewers, retransmissions left out",
              ViewerTotals::packetsSent),
          ofViewers("media.sent", BYTES, "RTP payload to viewers", ViewerTotals::bytesSent),
          ofViewers(
              "packets.retransmitted",
              null,
              "RTP packets sent again",
              ViewerTotals::retransmittedPacketsSent),
          ofViewers(
              "media.retransmitted",
              BYTES,
              "RTP packets sent again",
              ViewerTotals::retransmittedBytesSent),
          ofViewers(
              "retransmissions.requested",
              null,
              "Packets that viewers asked for again",
              ViewerTotals::retransmissionsRequested),
          ofViewers(
              "retransmissions.late",
              null,
              "Packets asked for when no history held them",
              ViewerTotals::retransmissionsTooLate),
          ofViewers(
              "retransmissions.limited",
              null,
              "Packets not sent again for a limit",
              ViewerTotals::retransmissionsLimited),
          ofViewers(
              "packets.repair",
              null,
              "Repair packets of forward error correction",
              ViewerTotals::fecPacketsSent),
          ofViewers(
              "media.repair",
              BYTES,
              "Repair packets of forward error correction",
              ViewerTotals::fecBytesSent),
          ofViewers("nacks", null, "NACK messages of viewers", ViewerTotals::nackCount),
          ofViewers("plis", null, "PLI messages of viewers", ViewerTotals::pliCount),
          ofViewers("firs", null, "FIR messages of viewers", ViewerTotals::firCount),
          ofViewers(
              "resynchronisations",
              null,
              "Viewers that fell behind and went on at a keyframe",
              ViewerTotals::resynchronisations),
          ofViewers(
              "pictures.withheld",
              null,
              "Pictures left out since viewers' links did not carry them",
              ViewerTotals::accessUnitsWithheld),
          ofViewers("rtcp.sent", BYTES, "SRTCP to viewers", ViewerTotals::rtcpBytesSent),
          ofViewers("rtcp.received", BYTES, "RTCP of viewers", ViewerTotals::rtcpBytesReceived),
          ofViewers(
              "datagrams.rejected",
              null,
              "Datagrams of viewers that were malformed, forged, replayed or unexpected",
              ViewerTotals::dropped),
          ofPublishers("publishers", null, "Publishers that came", PublisherTotals::publishers),
          ofPublishers(
              "packets.received",
              null,
              "RTP packets or frames of publishers",
              PublisherTotals::packetsReceived),
          ofPublishers(
              "media.received", BYTES, "Payload of publishers", PublisherTotals::bytesReceived),
          ofPublishers(
              "packets.lost",
              null,
              "Packets of publishers that never came",
              PublisherTotals::packetsLost),
          ofPublishers(
              "packets.discarded",
              null,
              "Packets of publishers that were late or malformed",
              PublisherTotals::packetsDiscarded),
          ofPublishers(
              "keyframes", null, "Pictures at which viewers can start", PublisherTotals::keyframes),
          of("datagrams.sent", null, "UDP datagrams sent", EngineStatistics::datagramsSent),
          of("udp.sent", BYTES, "UDP payload sent", EngineStatistics::bytesSent),
          of("tcp.sent", BYTES, "Packets sent to connections", all -> all.iceTcp().bytesSent()),
          of("tcp.packets.sent", null, "The same in packets", all -> all.iceTcp().packetsSent()),
          of(
              "tcp.packets.received",
              null,
              "Packets that came by connections",
              all -> all.iceTcp().packetsReceived()),
          of(
              "tcp.packets.dropped",
              null,
              "Packets that a connection did not take",
              all -> all.iceTcp().packetsDropped()),
          of(
              "tcp.strangers",
              null,
              "Connections that ended before they named a session",
              all -> all.iceTcp().withoutSession()),
          of(
              "datagrams.received",
              null,
              "UDP datagrams received",
              EngineStatistics::datagramsReceived),
          of(
              "datagrams.unknown",
              null,
              "UDP datagrams of which no session knows",
              EngineStatistics::unknownSender),
          of(
              "datagrams.dropped",
              null,
              "UDP datagrams that were too large, or of which too many waited",
              EngineStatistics::dropped),
          of(
              "stun.malformed",
              null,
              "Datagrams that look like STUN and are not",
              EngineStatistics::stunMalformed),
          of(
              "stun.unauthenticated",
              null,
              "Checks with missing or wrong credentials",
              EngineStatistics::stunUnauthenticated),
          of("send.errors", null, "Datagrams the kernel refused", EngineStatistics::sendErrors),
          of(
              "segmentation.refused",
              null,
              "Segmented datagrams that were refused and sent again one by one",
              EngineStatistics::segmentationRefused));

  private static EngineCounter of(
      String name, @Nullable String unit, String text, ToLongFunction<EngineStatistics> in) {
    return new EngineCounter("sluice." + name, unit, text, in);
  }

  private static EngineCounter ofViewers(
      String name, @Nullable String unit, String text, ToLongFunction<ViewerTotals> in) {
    return of(name, unit, text, all -> in.applyAsLong(all.viewerTotals()));
  }

  private static EngineCounter ofPublishers(
      String name, @Nullable String unit, String text, ToLongFunction<PublisherTotals> in) {
    return of(name, unit, text, all -> in.applyAsLong(all.publisherTotals()));
  }
}
