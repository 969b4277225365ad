package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of packets over real sockets on loopback. */
class UdpSocketTest {
  private static final int SEGMENT = 100;
  private static final int MORE_THAN_ANY_KERNEL_TAKES = 600;

  private final AtomicInteger segmented = new AtomicInteger();

  private DatagramSocket receiver;
  private EventLoopGroup group;
  private Channel channel;
  private final byte[] bytes = new byte[65_507];

  @BeforeEach
  void open() throws Exception {
    receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    receiver.setReceiveBufferSize(4 << 20);
    receiver.setSoTimeout(5_000);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i / SEGMENT);
    }
  }

  @AfterEach
  void close() {
    receiver.close();
    if (group != null) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @Test
  void shouldSendARunAsOneSegmentedDatagram() throws Exception {
    assumeTrue(Epoll.isAvailable(), "segmentation needs Netty's native epoll on Linux");
    UdpSocket socket = socket(Transport.EPOLL, true);
    sendRun(socket, 64 * SEGMENT - 40);
    assertReceived(64, SEGMENT - 40);
    assertThat(socket.isSegmenting()).isTrue();
    assertThat(socket.datagramsSent()).isEqualTo(64);
  }

  @Test
  void shouldSendTheSamePacketsOneByOneWhenTheKernelRefusesSegments() throws Exception {
    assumeTrue(Epoll.isAvailable(), "segmentation needs Netty's native epoll on Linux");
    UdpSocket socket = socket(Transport.EPOLL, true);
    refuse(socket, 1);
    assertThat(socket.segmentationRefused()).isEqualTo(1);
    assertThat(socket.sendErrors()).isZero();
    sendRun(socket, 3 * SEGMENT);
    assertReceived(3, SEGMENT);
  }

  @Test
  void shouldTryAPathThatRefusedSegmentsAgainLaterAndOthersAllTheTime() throws Exception {
    assumeTrue(Epoll.isAvailable(), "segmentation needs Netty's native epoll on Linux");
    UdpSocket socket = socket(Transport.EPOLL, true);
    UdpPath narrow = path(socket);
    sendRun(socket, MORE_THAN_ANY_KERNEL_TAKES * SEGMENT, narrow);
    assertReceived(MORE_THAN_ANY_KERNEL_TAKES, SEGMENT);
    for (int i = 0; i < 999; i++) {
      sendRun(socket, 2 * SEGMENT, narrow);
      assertReceived(2, SEGMENT);
    }
    assertThat(segmented).as("tried once, and not again yet").hasValue(1);
    sendRun(socket, 2 * SEGMENT);
    assertReceived(2, SEGMENT);
    assertThat(segmented).as("another path").hasValue(2);
    sendRun(socket, 2 * SEGMENT, narrow);
    assertReceived(2, SEGMENT);
    assertThat(segmented).as("the first path again").hasValue(3);
    assertThat(socket.segmentationRefused()).isEqualTo(1);
  }

  @Test
  void shouldSayThatItDoesNotSegmentOnlyWhileEveryPathRefuses() throws Exception {
    assumeTrue(Epoll.isAvailable(), "segmentation needs Netty's native epoll on Linux");
    UdpSocket socket = socket(Transport.EPOLL, true);
    refuse(socket, 63);
    assertThat(socket.isSegmenting()).isTrue();
    refuse(socket, 1);
    assertThat(socket.isSegmenting()).isFalse();
    sendRun(socket, 3 * SEGMENT);
    assertReceived(3, SEGMENT);
    assertThat(socket.isSegmenting()).isTrue();
  }

  @Test
  void shouldSendPacketsOneByOneWhenToldOrWhereSegmentsDoNotExist() throws Exception {
    UdpSocket told = socket(Transport.best(true), false);
    assertThat(told.isSegmenting()).isFalse();
    sendRun(told, 10 * SEGMENT - 1);
    assertReceived(10, SEGMENT - 1);
    UdpSocket nio = socket(Transport.NIO, true);
    assertThat(nio.isSegmenting()).isFalse();
    sendRun(nio, 10 * SEGMENT);
    assertReceived(10, SEGMENT);
  }

  @Test
  void shouldTellTheChannelsHandlerOfARunThatFailsAndCountItsPackets() throws Exception {
    assumeTrue(Epoll.isAvailable(), "segmentation needs Netty's native epoll on Linux");
    UdpSocket socket = socket(Transport.EPOLL, true);
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                socket.sendFailed();
                failures.add(cause);
              }
            });
    sendRun(
        socket, 10 * SEGMENT - 1, new UdpPath(socket, new InetSocketAddress("255.255.255.255", 9)));
    assertThat(failures.poll(5, TimeUnit.SECONDS)).as("no broadcast").isNotNull();
    assertThat(socket.sendErrors()).isEqualTo(10);
    assertThat(socket.isSegmenting()).isTrue();
  }

  private UdpSocket socket(Transport transport, boolean segmentation) {
    close(group);
    group = transport.newEventLoops(1, Executors.defaultThreadFactory());
    UdpPort port = new UdpPort(transport, new PooledByteBufAllocator(true), 1, 2_048, false);
    channel =
        port.bind(group.next(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    channel.pipeline().addLast(new SegmentedCounter());
    return new UdpSocket(channel, segmentation, 1_000);
  }

  private final class SegmentedCounter extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof SegmentedDatagramPacket) {
        segmented.incrementAndGet();
      }
      context.write(message, promise);
    }
  }

  private static void close(EventLoopGroup previous) {
    if (previous != null) {
      previous.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private void refuse(UdpSocket socket, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      sendRun(socket, MORE_THAN_ANY_KERNEL_TAKES * SEGMENT);
      assertReceived(MORE_THAN_ANY_KERNEL_TAKES, SEGMENT);
    }
  }

  private void sendRun(UdpSocket socket, int length) throws Exception {
    sendRun(socket, length, path(socket));
  }

  private UdpPath path(UdpSocket socket) {
    return new UdpPath(
        socket, new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.getLocalPort()));
  }

  private void sendRun(UdpSocket socket, int length, UdpPath to) throws Exception {
    group
        .submit(
            () -> {
              socket.sendRun(bytes, 0, length, SEGMENT, to);
              socket.flush();
            })
        .get(5, TimeUnit.SECONDS);
  }

  private void assertReceived(int count, int lastLength) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    for (int i = 0; i < count; i++) {
      packet.setLength(2_048);
      receiver.receive(packet);
      assertThat(packet.getLength()).isEqualTo(i == count - 1 ? lastLength : SEGMENT);
      assertThat(packet.getData()[0]).isEqualTo((byte) i);
    }
  }
}
