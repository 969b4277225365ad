package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.interop.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain RTP over UDP on loopback. */
class RtpSourceTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String SENDER =
      "ffmpeg -nostdin -loglevel error -re"
          + " -f lavfi -i testsrc2=size=320x240:rate=25 -f lavfi -i sine=sample_rate=48000 -t 60"
          + " -map 0 -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -bsf:v dump_extra"
          + " -f rtp rtp://127.0.0.1:%d -map 1 -c:a libopus -f rtp rtp://127.0.0.1:%d";
  private static final int PACKETS = 60;

  @TempDir Path directory;
  private final RelayEngine engine = RealPeers.engine();
  private int port;
  private int sent;

  @BeforeEach
  void findPorts() throws Exception {
    port = freePorts();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /** the first of four ports, an even one, that are free at this moment */
  private static int freePorts() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int first;
      try (DatagramSocket any = new DatagramSocket(0, LOOPBACK)) {
        first = any.getLocalPort() & ~1;
      }
      try (DatagramSocket a = new DatagramSocket(first, LOOPBACK);
          DatagramSocket b = new DatagramSocket(first + 1, LOOPBACK);
          DatagramSocket c = new DatagramSocket(first + 2, LOOPBACK);
          DatagramSocket d = new DatagramSocket(first + 3, LOOPBACK)) {
        return first;
      } catch (SocketException taken) {
        // another one
      }
    }
    throw new IOException("no free ports");
  }

  private String sdp(String connection) {
    return String.join(
        "\r\n",
        "v=0",
        "s=-",
        "c=IN IP4 " + connection,
        "m=video " + port + " RTP/AVP 96",
        "a=rtpmap:96 H264/90000",
        "m=audio " + (port + 2) + " RTP/AVP 97",
        "a=rtpmap:97 opus/48000/2",
        "");
  }

  private RtpSourceBuilder source() {
    return RtpSource.builder(engine, "studio", sdp("127.0.0.1"));
  }

  private boolean isLive() {
    return engine.stream("studio").filter(LiveStream::isLive).isPresent();
  }

  private void send(DatagramSocket socket, int to, byte[] packet) throws IOException {
    socket.send(new DatagramPacket(packet, packet.length, LOOPBACK, to));
  }

  private void sendMedia(DatagramSocket socket, int number) throws IOException {
    send(socket, port, Rtp.packet(Rtp.VIDEO, 7, number, 100));
  }

  @Test
  void shouldPublishWhatAnEncoderSends() throws Exception {
    Peers.assumeInstalled("ffmpeg");
    try (RtpSource source = source().start()) {
      Process sender = Peers.start(SENDER.formatted(port, port + 2), directory.resolve("sender"));
      try {
        await(this::isLive, "media");
        Publisher publisher = engine.stream("studio").orElseThrow().publisher().orElseThrow();
        await(() -> publisher.track("video").statistics().packets() > PACKETS, "video");
        await(() -> publisher.track("audio").statistics().packets() > PACKETS, "audio");
        await(() -> source.statistics().rtcpPackets() > 0, "a sender report");
        assertThat(publisher.track("video").statistics().keyframes()).isPositive();
        assertThat(publisher.track("video").statistics().malformed()).isZero();
        assertThat(source.statistics().publishing()).isTrue();
      } finally {
        Peers.stop(sender);
      }
    }
    assertThat(engine.streams()).isEmpty();
  }

  @Test
  void shouldReportToWhoReports() throws Exception {
    try (RtpSource source = source().start();
        DatagramSocket rtp = new DatagramSocket(0, LOOPBACK);
        DatagramSocket rtcp = new DatagramSocket(0, LOOPBACK)) {
      sendMedia(rtp, 1);
      sendMedia(rtp, 2);
      await(this::isLive, "media");
      send(rtcp, port + 1, Rtp.senderReport(7, 0xE8FE_1D00_0000_0000L, 6_000));
      rtcp.setSoTimeout(30_000);
      byte[] received = new byte[500];
      rtcp.receive(new DatagramPacket(received, received.length));
      assertThat(received[1] & 0xFF).isEqualTo(201);
      assertThat(source.statistics().rtpPackets()).isEqualTo(2);
    }
  }

  @Test
  void shouldEndTheStreamWhileNothingComes() throws Exception {
    try (RtpSource source = source().mediaTimeout(Duration.ofSeconds(1)).start();
        DatagramSocket rtp = new DatagramSocket(0, LOOPBACK)) {
      sendMedia(rtp, 1);
      await(this::isLive, "media");
      assertThat(publisherAddress()).isEqualTo(rtp.getLocalSocketAddress());
      await(() -> !isLive(), "the end of the stream");
      try (DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
        sendMedia(other, 900);
        await(this::isLive, "media again, from another port");
        assertThat(publisherAddress()).isEqualTo(other.getLocalSocketAddress());
      }
      assertThat(source.statistics().foreignDatagrams()).isZero();
    }
  }

  private InetSocketAddress publisherAddress() {
    Publisher publisher = engine.stream("studio").flatMap(LiveStream::publisher).orElseThrow();
    return publisher.context().remoteAddress();
  }

  @Test
  void shouldPublishNothingForWhatIsNoMediaOfIts() throws Exception {
    try (RtpSource source = source().start();
        DatagramSocket rtp = new DatagramSocket(0, LOOPBACK)) {
      send(rtp, port, new byte[] {1, 2, 3});
      send(rtp, port, Rtp.packet(Rtp.AUDIO, 7, 1, 100));
      send(rtp, port + 1, new byte[40]);
      await(() -> source.statistics().discarded() == 3, "the datagrams");
      assertThat(source.statistics().datagrams()).isEqualTo(3);
      assertThat(engine.streams()).isEmpty();
    }
  }

  @Test
  void shouldTakeNothingFromOthers() throws Exception {
    try (RtpSource source = source().from(InetAddress.getByName("127.0.0.9")).start();
        DatagramSocket rtp = new DatagramSocket(0, LOOPBACK)) {
      sendMedia(rtp, 1);
      await(() -> source.statistics().foreignDatagrams() == 1, "the datagram");
      assertThat(engine.streams()).isEmpty();
    }
  }

  @Test
  void shouldLeaveTheStreamToAnotherPublisher() throws Exception {
    Publisher other = engine.publish("studio", List.of(TrackDescription.of("video", Codec.H264)));
    try (RtpSource source = source().start();
        DatagramSocket rtp = new DatagramSocket(0, LOOPBACK)) {
      sendMedia(rtp, 1);
      await(() -> source.statistics().datagrams() == 1, "the datagram");
      assertThat(other.isClosed()).isFalse();
      other.close();
      await(() -> sendMediaUntilLive(rtp), "media");
    }
  }

  /** an attempt to publish is made once a second at most */
  private boolean sendMediaUntilLive(DatagramSocket socket) {
    try {
      sendMedia(socket, ++sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return isLive();
  }

  @Test
  void shouldSayWhichPortIsTakenAndKeepNone() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(port + 3, LOOPBACK)) {
      assertThatThrownBy(() -> source().start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(":" + (port + 3));
    }
    source().start().close();
  }

  @Test
  void shouldJoinAMulticastGroup() throws Exception {
    InetAddress group = InetAddress.getByName("239.255.47.11");
    try (DatagramChannel sender = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
      sender.setOption(
          StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(LOOPBACK));
      RtpSource source;
      try {
        source = RtpSource.builder(engine, "studio", sdp("239.255.47.11/1")).start();
      } catch (UncheckedIOException e) {
        assumeTrue(false, "no multicast on this machine's loopback: " + e);
        return;
      }
      try (source) {
        byte[] packet = Rtp.packet(Rtp.VIDEO, 7, 1, 100);
        sender.send(ByteBuffer.wrap(packet), new InetSocketAddress(group, port));
        sender.send(ByteBuffer.wrap(packet), new InetSocketAddress(LOOPBACK, port));
        await(this::isLive, "media");
        assertThat(source.statistics().datagrams()).as("of the group alone").isOne();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'v=0\r\nm=video 5004 RTP/AVP 26\r\n', JPEG video is not relayed",
    "'v=0\r\n', nothing is relayed",
    "'m=video', sdp: ",
    "'v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n', ports of video are 0 and 1",
    "'v=0\r\nm=video 65535 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n', 65536",
    "'v=0\r\nm=video 9 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=rtcp:x\r\n', 9 and 0",
  })
  void shouldSayWhatIsWrongWithADescription(String sdp, String message) {
    assertThatThrownBy(() -> RtpSource.builder(engine, "studio", sdp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldTellOfTracksThatAreNotRelayed() {
    String sdp = sdp("127.0.0.1").replace("opus/48000/2", "vorbis/8000");
    try (RtpSource source = RtpSource.builder(engine, "studio", sdp).start()) {
      assertThat(source.statistics().tracksDropped()).isOne();
    }
  }

  @Test
  void shouldReadPortsAndGroups() throws Exception {
    String sdp =
        "v=0\r\nc=IN IP4 239.1.2.3/127/2\r\nm=video 5000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
            + "a=rtcp:6001 IN IP4 239.1.2.3\r\n"
            + "m=audio 5002 RTP/AVP 97\r\nc=IN IP6 2001:db8::1\r\na=rtpmap:97 opus/48000/2\r\n";
    List<DescribedPorts> ports = DescribedSource.parse(sdp).ports();
    assertThat(ports)
        .extracting(DescribedPorts::group)
        .containsExactly(InetAddress.getByName("239.1.2.3"), null);
    assertThat(ports).extracting(DescribedPorts::rtp).containsExactly(5000, 5002);
    assertThat(ports).extracting(DescribedPorts::rtcp).containsExactly(6001, 5003);
  }
}
