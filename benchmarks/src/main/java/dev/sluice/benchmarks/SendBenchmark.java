package dev.sluice.benchmarks;

import dev.sluice.loop.TcpPath;
import dev.sluice.loop.TcpTraffic;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * System calls: a frame of 7 packets of 1,200 bytes to one receiver, per packet. The floor is a
 * copy and one segmented system call.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class SendBenchmark {
  private static final int PACKETS = 7;
  private static final int SIZE = 1_200;
  private static final int FRAME = PACKETS * SIZE;

  private final byte[] packets = new byte[FRAME];
  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private Loopback epoll;
  private Loopback nio;
  private InetSocketAddress sink;
  private UdpPath path;
  private RawSegmentedSocket raw;
  private DatagramChannel plainNio;
  private ByteBuffer plainBuffer;
  private Channel nettyNio;
  private Channel nettyEpoll;
  private UdpSocket segmenting;
  private UdpSocket batching;
  private UdpSocket oneByOne;
  private TcpDrain tcpSink;
  private TcpPath connection;

  @Setup
  public void open() throws IOException {
    epoll = new Loopback(Transport.EPOLL, allocator);
    nio = new Loopback(Transport.NIO, allocator);
    sink = epoll.sink();
    raw = new RawSegmentedSocket(epoll.bind(), SIZE, sink);
    plainNio = DatagramChannel.open();
    plainBuffer = ByteBuffer.allocateDirect(SIZE);
    nettyNio = nio.bind();
    nettyEpoll = epoll.bind();
    segmenting = new UdpSocket(epoll.bind(), true, 256);
    path = new UdpPath(segmenting, sink);
    batching = new UdpSocket(epoll.bind(), false, 256);
    oneByOne = new UdpSocket(epoll.bind(), false, 1);
    tcpSink = new TcpDrain();
    connection = new TcpPath(epoll.connect(tcpSink.address()), new TcpTraffic());
  }

  @TearDown
  public void close() throws IOException {
    raw.close();
    plainNio.close();
    nio.close();
    epoll.close();
    tcpSink.close();
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int floor() {
    return raw.send(packets, FRAME);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int nioChannel() throws IOException {
    int sent = 0;
    for (int at = 0; at < FRAME; at += SIZE) {
      plainBuffer.clear().put(packets, at, SIZE).flip();
      sent += plainNio.send(plainBuffer, sink);
    }
    return sent;
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void nettyNio() {
    writeOneByOne(nettyNio);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void nettyEpollBatch() {
    writeOneByOne(nettyEpoll);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void nettyEpollSegmented() {
    ByteBuf content = allocator.directBuffer(FRAME, FRAME).writeBytes(packets, 0, FRAME);
    nettyEpoll.writeAndFlush(
        new SegmentedDatagramPacket(content, SIZE, sink), nettyEpoll.voidPromise());
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void sluiceSegmented() {
    send(segmenting);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void sluiceBatch() {
    send(batching);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void sluiceOneByOne() {
    send(oneByOne);
  }

  /** a write a frame to a viewer's connection, whose other end reads all the time */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void sluiceTcp() {
    while (!connection.isWritable()) {
      epoll.turn();
    }
    connection.sendRun(packets, 0, FRAME, SIZE);
  }

  private void writeOneByOne(Channel channel) {
    for (int at = 0; at < FRAME; at += SIZE) {
      ByteBuf content = allocator.directBuffer(SIZE, SIZE).writeBytes(packets, at, SIZE);
      channel.write(new DatagramPacket(content, sink), channel.voidPromise());
    }
    channel.flush();
  }

  private void send(UdpSocket socket) {
    socket.sendRun(packets, 0, FRAME, SIZE, path);
    socket.flush();
  }
}
