package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loop.Transport;
import dev.sluice.receive.RecordingSinks;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.ReceiverReport;
import io.netty.channel.epoll.Epoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server on real sockets. */
class RtspServerTest {

  static Stream<Transport> transports() {
    return Epoll.isAvailable()
        ? Stream.of(Transport.NIO, Transport.EPOLL)
        : Stream.of(Transport.NIO);
  }

  private static RtspServerBuilder options() {
    return new RtspServerBuilder(null);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldReceiveInterleavedMedia(Transport transport) throws IOException {
    try (LiveServer server = new LiveServer(transport, options());
        SocketPeer peer = new SocketPeer(server.port())) {
      String uri = server.uri("cam");
      assertOk(peer.announce(uri));
      assertOk(peer.setUp(uri + "/streamid=0", "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
      assertOk(peer.request("RECORD", uri, ""));
      Random random = new Random(7);
      ByteArrayOutputStream media = new ByteArrayOutputStream();
      for (int i = 0; i < 5_000; i++) {
        media.writeBytes(
            Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, i, random.nextInt(100) == 0 ? 60_000 : 1_300)));
      }
      peer.send(media.toByteArray());
      RecordingSinks.Sink sink = server.sink(0);
      await(() -> sink.packets.size() == 5_000, "all packets");
      assertThat(sink.sequenceNumbers(0)).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
      assertThat(ReceiverReport.isValid(peer.readFrame(), 0, 32)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldReceiveMediaOverUdpAndPutItInOrder(Transport transport) throws IOException {
    try (LiveServer server = new LiveServer(transport, options());
        SocketPeer peer = new SocketPeer(server.port());
        UdpPair udp = new UdpPair()) {
      udp.connect(peer, server.uri("cam"));
      for (int sequenceNumber : List.of(65_533, 65_534, 0, 65_535, 2, 1, 4, 5)) {
        udp.rtp(Rtp.packet(Rtp.VIDEO, 1, sequenceNumber, 1_000));
      }
      udp.rtcp(Rtp.senderReport(1, 5, 6));
      RecordingSinks.Sink sink = server.sink(0);
      await(() -> sink.packets.size() == 8, "all packets, one given up");
      assertThat(sink.sequenceNumbers(0)).containsExactly(65_533, 65_534, 65_535, 0, 1, 2, 4, 5);
      await(() -> !sink.senderReports.isEmpty(), "the sender report");

      byte[] report = udp.receiveRtcp();
      assertThat(ReceiverReport.isValid(report, 0, 32)).isTrue();
      assertOk(peer.request("TEARDOWN", server.uri("cam"), ""));
      assertThat(sink.closed).isTrue();
    }
  }

  @Test
  void shouldAskAPeerThatResendsForWhatIsMissing() throws IOException {
    try (LiveServer server =
            new LiveServer(Transport.NIO, options().reorderDelay(Duration.ofSeconds(2)));
        SocketPeer peer = new SocketPeer(server.port());
        UdpPair udp = new UdpPair()) {
      udp.connect(peer, server.uri("cam"));
      for (int sequenceNumber : List.of(65_533, 65_534, 1, 2)) {
        udp.rtp(Rtp.packet(Rtp.VIDEO, 1, sequenceNumber, 1_000));
      }
      List<Integer> missing = new ArrayList<>();
      while (missing.isEmpty()) {
        CompoundReader reader = new CompoundReader();
        byte[] packet = udp.receiveRtcp();
        assertThat(reader.wrap(packet, 0, packet.length)).isTrue();
        while (reader.next()) {
          if (reader.type() == MessageType.GENERIC_NACK) {
            GenericNack.forEachLost(packet, reader.offset(), reader.length(), missing::add);
          }
        }
      }
      assertThat(missing).containsExactly(65_535, 0);
      for (int lost : missing) {
        udp.rtp(Rtp.packet(Rtp.VIDEO, 1, lost, 50));
      }
      RecordingSinks.Sink sink = server.sink(0);
      await(() -> sink.packets.size() == 6, "all packets, two of them sent again");
      assertThat(sink.sequenceNumbers(0)).containsExactly(65_533, 65_534, 65_535, 0, 1, 2);
      assertThat(server.rtsp.statistics().requestedAgain()).isEqualTo(2);
    }
  }

  @Test
  void shouldFollowSourcesThatCountAnewOverUdp() throws IOException {
    try (LiveServer server = new LiveServer(Transport.NIO, new RtspServerBuilder(null));
        SocketPeer peer = new SocketPeer(server.port());
        UdpPair udp = new UdpPair()) {
      udp.connect(peer, server.uri("cam"));
      int[][] starts = {{1, 1_000}, {1, 500}, {1, 40_000}, {2, 7}};
      for (int[] start : starts) {
        for (int i = 0; i < 5; i++) {
          udp.rtp(Rtp.packet(Rtp.VIDEO, start[0], start[1] + i, 100));
        }
      }
      RecordingSinks.Sink sink = server.sinks.first();
      await(() -> sink.packets.size() == 20, "the packets");
      assertThat(sink.lostBefore(0))
          .containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldTakeDatagramsOfItsPeerOnly(Transport transport) throws IOException {
    try (LiveServer server = new LiveServer(transport, options());
        SocketPeer peer = new SocketPeer(server.port());
        UdpPair udp = new UdpPair();
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      udp.connect(peer, server.uri("cam"));
      byte[] packet = Rtp.packet(Rtp.VIDEO, 1, 1, 100);
      stranger.send(new DatagramPacket(packet, packet.length, udp.serverRtp));
      udp.rtp(new byte[3_000]);
      udp.rtp(Rtp.packet(Rtp.VIDEO, 1, 2, 100));
      RecordingSinks.Sink sink = server.sink(0);
      await(() -> sink.packets.size() == 1, "the peer's packet");
      await(() -> server.rtsp.statistics().datagrams() == 3, "all datagrams");
      assertThat(sink.sequenceNumbers(0)).containsExactly(2);
      assertThat(server.rtsp.statistics().foreignDatagrams()).isEqualTo(1);
      assertThat(server.rtsp.statistics().discarded()).isEqualTo(1);
    }
  }

  @Test
  void shouldLearnThePortOfAPeerThatNamesNone() throws IOException {
    try (LiveServer server = new LiveServer(Transport.NIO, options());
        SocketPeer peer = new SocketPeer(server.port());
        UdpPair udp = new UdpPair()) {
      udp.connect(peer, server.uri("cam"), "RTP/AVP;unicast;mode=record");
      udp.rtp(Rtp.packet(Rtp.VIDEO, 1, 1, 100));
      await(() -> server.sink(0).packets.size() == 1, "the packet");
    }
  }

  @Test
  void shouldTakePortsFromTheRangeAndSayWhenThereAreNoMore() throws IOException {
    try (LiveServer server = new LiveServer(Transport.NIO, options().udpPorts(20_460, 20_461));
        SocketPeer peer = new SocketPeer(server.port())) {
      String uri = server.uri("cam");
      assertOk(peer.announce(uri));
      String transport = "RTP/AVP;unicast;client_port=5000-5001;mode=record";
      assertThat(peer.setUp(uri + "/streamid=0", transport)).contains("server_port=20460-20461");
      assertThat(peer.setUp(uri + "/streamid=1", transport)).startsWith("RTSP/1.0 503 ");
      assertOk(peer.request("TEARDOWN", uri, ""));
      try (SocketPeer next = new SocketPeer(server.port())) {
        assertOk(next.announce(uri));
        String response = next.setUp(uri + "/streamid=0", transport);
        for (int i = 0; i < 1_000 && response.startsWith("RTSP/1.0 503 "); i++) {
          response = next.setUp(uri + "/streamid=0", transport); // sockets close after the response
        }
        assertOk(response);
      }
    }
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrderWhileSocketsOpen() throws IOException {
    try (LiveServer server = new LiveServer(Transport.NIO, options());
        SocketPeer peer = new SocketPeer(server.port())) {
      String uri = server.uri("cam");
      assertOk(peer.announce(uri));
      String setUp =
          "SETUP "
              + uri
              + "/streamid=0 RTSP/1.0\r\nCSeq: 2\r\n"
              + "Transport: RTP/AVP;unicast;client_port=5000-5001;mode=record\r\n\r\n";
      String options = "OPTIONS * RTSP/1.0\r\nCSeq: 3\r\n\r\n";
      peer.send((setUp + options).getBytes());
      assertThat(peer.request("OPTIONS", "*", "")).as("the first of three").contains("server_port");
    }
  }

  @Test
  void shouldRefuseConnectionsAboveTheLimit() throws IOException {
    try (LiveServer server = new LiveServer(Transport.NIO, options().maxConnections(1));
        SocketPeer first = new SocketPeer(server.port())) {
      assertOk(first.request("OPTIONS", "*", ""));
      try (SocketPeer second = new SocketPeer(server.port())) {
        assertThat(second.isAtEnd()).isTrue();
      }
      assertThat(server.rtsp.statistics().connectionsRefused()).isEqualTo(1);
      assertOk(first.request("OPTIONS", "*", ""));
    }
  }

  @Test
  void shouldCloseAConnectionThatSendsNothing() throws IOException {
    try (LiveServer server =
            new LiveServer(Transport.NIO, options().idleTimeout(Duration.ofSeconds(1)));
        SocketPeer peer = new SocketPeer(server.port())) {
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(server.rtsp.statistics().timeouts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldEndEverythingWhenClosed(Transport transport) throws IOException {
    List<SocketPeer> peers = new ArrayList<>();
    try (UdpPair udp = new UdpPair()) {
      LiveServer server = new LiveServer(transport, options().reorderDelay(Duration.ofSeconds(2)));
      for (int i = 0; i < 4; i++) {
        peers.add(new SocketPeer(server.port()));
      }
      udp.connect(peers.get(0), server.uri("cam"));
      udp.rtp(Rtp.packet(Rtp.VIDEO, 1, 1, 100));
      udp.rtp(Rtp.packet(Rtp.VIDEO, 1, 3, 100));
      await(() -> server.rtsp.statistics().rtpPackets() == 2, "a packet that waits for another");
      RecordingSinks.Sink sink = server.sink(0);
      server.close();
      assertThat(sink.closed).isTrue();
      new DatagramSocket(udp.serverRtp.getPort(), InetAddress.getLoopbackAddress()).close();
      for (SocketPeer peer : peers) {
        assertThat(peer.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void shouldRefuseToBlockAnEventLoop() throws Exception {
    try (LiveServer server = new LiveServer(Transport.NIO, options())) {
      assertThatThrownBy(() -> server.loops.submit(server.rtsp::close).get(5, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldCloseAfterItsEventLoopsEnded() throws IOException {
    LiveServer server = new LiveServer(Transport.NIO, options());
    try (SocketPeer peer = new SocketPeer(server.port())) {
      assertOk(peer.request("OPTIONS", "*", ""));
      server.loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
      server.rtsp.close();
    }
  }

  @Test
  void shouldNameTheOptionThatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options().sessionTimeout(Duration.ofMillis(999)))
        .withMessage("sessionTimeout is PT0.999S, allowed is PT1S to PT1H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options().idleTimeout(Duration.ofDays(1)))
        .withMessageStartingWith("idleTimeout is PT24H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options().maxSessions(0))
        .withMessage("maxSessions is 0, allowed is 1 to 1000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options().maxConnections(-1))
        .withMessageStartingWith("maxConnections is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options().reorderPackets(20_000))
        .withMessageStartingWith("reorderPackets is 20000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options().reorderDelay(Duration.ofSeconds(3)))
        .withMessageStartingWith("reorderDelay is PT3S");
    for (int[] range : new int[][] {{5_001, 5_004}, {5_000, 5_002}, {22, 23}, {6_000, 5_001}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> options().udpPorts(range[0], range[1]))
          .withMessageStartingWith("udpPorts is " + range[0] + " to " + range[1]);
    }
  }

  /** A client's two sockets. */
  private static final class UdpPair implements AutoCloseable {
    private static final Pattern PORTS = Pattern.compile("server_port=(\\d+)-(\\d+)");

    final DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    final DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    InetSocketAddress serverRtp = new InetSocketAddress(0);
    InetSocketAddress serverRtcp = new InetSocketAddress(0);

    UdpPair() throws IOException {
      rtcp.setSoTimeout((int) LiveServer.PATIENCE.toMillis());
    }

    void connect(SocketPeer peer, String uri) throws IOException {
      String ports = rtp.getLocalPort() + "-" + rtcp.getLocalPort();
      connect(peer, uri, "RTP/AVP;unicast;client_port=" + ports + ";mode=record");
    }

    void connect(SocketPeer peer, String uri, String transport) throws IOException {
      assertOk(peer.announce(uri));
      String response = peer.setUp(uri + "/streamid=0", transport);
      assertOk(response);
      Matcher ports = PORTS.matcher(response);
      assertThat(ports.find()).isTrue();
      serverRtp = address(ports.group(1));
      serverRtcp = address(ports.group(2));
      assertThat(serverRtp.getPort()).isEven();
      assertThat(serverRtcp.getPort()).isEqualTo(serverRtp.getPort() + 1);
      assertOk(peer.request("RECORD", uri, ""));
    }

    private static InetSocketAddress address(String port) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    void rtp(byte[] packet) throws IOException {
      rtp.send(new DatagramPacket(packet, packet.length, serverRtp));
    }

    void rtcp(byte[] packet) throws IOException {
      rtcp.send(new DatagramPacket(packet, packet.length, serverRtcp));
    }

    byte[] receiveRtcp() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
      rtcp.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
      rtp.close();
      rtcp.close();
    }
  }
}
