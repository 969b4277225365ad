package dev.sluice.benchmarks;

import dev.sluice.loop.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * System calls: receiving 16 datagrams of 1,200 bytes that wait in the socket, per datagram. To
 * have them there, each method sends them first with one segmented system call; {@link #sendOnly}
 * is the part of that. The floor reads each with a plain system call into one buffer.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ReceiveBenchmark {
  private static final int PACKETS = 16;
  private static final int SIZE = 1_200;

  /** datagrams read with one system call */
  @Param({"1", "16"})
  public int batch;

  private final Count count = new Count();
  private Loopback loopback;
  private RawSegmentedSocket toDrain;
  private RawSegmentedSocket toReceiver;
  private RawSegmentedSocket toRaw;
  private Socket rawReceiver;
  private ByteBuf rawBuffer;

  @Setup
  public void open() {
    loopback = new Loopback(Transport.EPOLL, PooledByteBufAllocator.DEFAULT);
    Channel receiver = loopback.bind(count, batch);
    Channel raw = loopback.bind();
    raw.config().setAutoRead(false);
    loopback.turn();
    rawReceiver = (Socket) ((EpollDatagramChannel) raw).fd();
    rawBuffer = Unpooled.directBuffer(2_048);
    toDrain = sender(loopback.sink());
    toReceiver = sender((InetSocketAddress) receiver.localAddress());
    toRaw = sender((InetSocketAddress) raw.localAddress());
  }

  @TearDown
  public void close() {
    toDrain.close();
    toReceiver.close();
    toRaw.close();
    rawBuffer.release();
    loopback.close();
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int sendOnly() {
    return toDrain.send(PACKETS * SIZE);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int floor() throws IOException {
    toRaw.send(PACKETS * SIZE);
    int received = 0;
    for (int i = 0; i < PACKETS; i++) {
      received += rawReceiver.recvAddress(rawBuffer.memoryAddress(), 0, rawBuffer.capacity());
    }
    return received;
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int nettyEpoll() {
    count.datagrams = 0;
    toReceiver.send(PACKETS * SIZE);
    while (count.datagrams < PACKETS) {
      loopback.turn();
    }
    return count.datagrams;
  }

  private RawSegmentedSocket sender(InetSocketAddress to) {
    return new RawSegmentedSocket(loopback.bind(), SIZE, to);
  }

  private static final class Count extends ChannelInboundHandlerAdapter {
    int datagrams;

    @Override
    public void channelRead(ChannelHandlerContext context, Object datagram) {
      datagrams++;
      ReferenceCountUtil.release(datagram);
    }
  }
}
