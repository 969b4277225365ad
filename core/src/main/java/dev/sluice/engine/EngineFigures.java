package dev.sluice.engine;

import dev.sluice.EngineHealth;
import dev.sluice.EngineStatistics;
import dev.sluice.IceTcpStatistics;
import dev.sluice.LoopStatistics;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.stream.StreamRegistry;
import dev.sluice.webrtc.PeerLoop;
import dev.sluice.webrtc.TcpDoor;
import java.util.List;
import java.util.function.ToLongFunction;

/** Collects what the parts of an engine count. */
final class EngineFigures {
  private final EngineLoops loops;
  private final CallSockets calls;
  private final StreamRegistry streams;
  private final PeerRegistry peers;
  private final DtlsServer dtls;

  EngineFigures(
      EngineLoops loops,
      CallSockets calls,
      StreamRegistry streams,
      PeerRegistry peers,
      DtlsServer dtls) {
    this.loops = loops;
    this.calls = calls;
    this.streams = streams;
    this.peers = peers;
    this.dtls = dtls;
  }

  EngineHealth health(boolean open) {
    return new EngineHealth(open, loops.transport().name(), isSegmenting(), each());
  }

  EngineStatistics statistics() {
    SocketSums sockets = calls.sums();
    loops.loops().forEach(sockets::add);
    return new EngineStatistics(
        loops.transport().name(),
        isSegmenting(),
        loops.loops().size(),
        streams.all().size(),
        peers.viewers(),
        sockets.received,
        sockets.sent,
        sockets.bytesSent,
        sockets.sendErrors,
        sockets.segmentationRefused,
        sockets.unknownSender,
        sockets.dropped,
        sockets.stunMalformed,
        sockets.stunUnauthenticated,
        dtls.evictedHandshakes(),
        streams.totals(),
        peers.viewerTotals(),
        iceTcp(),
        each());
  }

  private IceTcpStatistics iceTcp() {
    TcpDoor door = loops.tcpDoor();
    return new IceTcpStatistics(
        door == null ? 0 : door.connections(),
        door == null ? 0 : door.withoutSession(),
        sum(loop -> loop.tcp().packetsReceived()),
        sum(loop -> loop.tcp().packetsSent()),
        sum(loop -> loop.tcp().bytesSent()),
        sum(loop -> loop.tcp().dropped()));
  }

  private boolean isSegmenting() {
    return loops.loops().stream().allMatch(loop -> loop.socket().isSegmenting());
  }

  private List<LoopStatistics> each() {
    return loops.loops().stream().map(PeerLoop::statistics).toList();
  }

  private long sum(ToLongFunction<PeerLoop> figure) {
    return loops.loops().stream().mapToLong(figure).sum();
  }
}
