package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpPathTest {
  private static final int HIGH = 10_000;
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 5_000);

  private final Connection channel = new Connection(PEER);
  private final TcpTraffic traffic = new TcpTraffic();
  private final TcpPath path = path();

  private TcpPath path() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH / 2, HIGH));
    return new TcpPath(channel, traffic);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  /** RFC 4571, section 2 */
  @Test
  void shouldWriteTheLengthBeforeEachPacketOfARun() {
    path.sendRun(new byte[] {9, 1, 2, 3, 4, 5}, 1, 5, 2);
    ByteBuf written = channel.readOutbound();
    byte[] bytes = new byte[written.readableBytes()];
    written.readBytes(bytes).release();
    assertThat(bytes).containsExactly(0, 2, 1, 2, 0, 2, 3, 4, 0, 1, 5);
    assertThat(channel.outboundMessages()).isEmpty();
    assertThat(traffic.packetsSent()).isEqualTo(3);
    assertThat(traffic.bytesSent()).isEqualTo(5);
  }

  @Test
  void shouldKeepLittleWaitingAndCountWhatIsDropped() {
    channel.reading(false);
    int packets = 10_000;
    while (path.isWritable()) {
      path.send(new byte[100], 0, 100);
      packets--;
    }
    long before = traffic.packetsSent();
    for (; packets > 0; packets--) {
      path.send(new byte[100], 0, 100);
    }
    assertThat(traffic.packetsSent() - before).as("room for control").isBetween(300L, 900L);
    assertThat(traffic.packetsSent() + traffic.dropped()).isEqualTo(10_000);
    channel.reading(true);
    assertThat(path.isWritable()).isTrue();
  }

  @Test
  void shouldBeAPathOfItsOwnWhateverTheAddress() {
    UdpPath datagrams = new UdpPath(new UdpSocket(channel, false, 1), PEER);
    assertThat(path).isNotEqualTo(new TcpPath(channel, traffic)).isNotEqualTo(datagrams);
    assertThat(datagrams).isNotEqualTo(path);
    assertThat(path.address()).isEqualTo(PEER);
  }

  @Test
  void shouldEndTheConnectionWhenItIsReleased() {
    path.release();
    assertThat(channel.isOpen()).isFalse();
    path.send(new byte[100], 0, 100);
    assertThat(traffic.dropped()).isEqualTo(1);
  }
}
