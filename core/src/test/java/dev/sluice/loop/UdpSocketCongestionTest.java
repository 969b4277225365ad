package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network that takes nothing: what is sent waits. */
class UdpSocketCongestionTest {
  private static final int SIZE = 100;
  private static final int HIGH = 100 * SIZE;
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 5_000);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final UdpSocket socket = socket();

  private UdpSocket socket() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH / 2, HIGH));
    return new UdpSocket(channel, false, Integer.MAX_VALUE);
  }

  @AfterEach
  void close() {
    socket.flush();
    channel.finishAndReleaseAll();
  }

  @Test
  void shouldKeepABoundedNumberOfDatagramsWaitingAndCountTheOthers() {
    send(10_000);
    assertThat(socket.isWritable()).isFalse();
    assertThat(socket.datagramsSent()).isLessThan(2 * HIGH / SIZE);
    assertThat(socket.datagramsSent() + socket.congested()).isEqualTo(10_000);
    socket.flush();
    assertThat(channel.outboundMessages()).hasSize((int) socket.datagramsSent());
  }

  @Test
  void shouldHaveRoomForControlWhereMediaStops() {
    while (socket.isWritable()) {
      send(1);
    }
    send(5);
    assertThat(socket.congested()).isZero();
  }

  @Test
  void shouldSendAgainWhenTheNetworkHasTakenWhatWaited() {
    send(10_000);
    socket.flush();
    long congested = socket.congested();
    send(50);
    assertThat(socket.congested()).isEqualTo(congested);
  }

  private void send(int datagrams) {
    for (int i = 0; i < datagrams; i++) {
      socket.send(new byte[SIZE], 0, SIZE, PEER);
    }
  }
}
