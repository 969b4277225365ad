package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Await;
import dev.sluice.loop.Transport;
import dev.sluice.receive.RecordingSinks;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on a loopback port, with a sink in place of the engine. */
final class LiveServer implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final RecordingSinks sinks = new RecordingSinks();
  final EventLoopGroup loops;
  final RtspServer rtsp;
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

  LiveServer(Transport transport, RtspServerBuilder options) throws IOException {
    loops = transport.newEventLoops(2, Executors.defaultThreadFactory());
    rtsp =
        RtspServer.start(
            loops,
            allocator,
            sinks,
            TestPeer::noStream,
            options.options(TimeUnit.MILLISECONDS.toNanos(200)),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  int port() {
    return rtsp.localAddress().getPort();
  }

  String uri(String stream) {
    return "rtsp://127.0.0.1:" + port() + "/" + stream;
  }

  RecordingSinks.Sink sink(int index) {
    Await.await(() -> sinks.opened.size() > index, "publisher " + index);
    return sinks.opened.get(index);
  }

  /** Closes; everything that was allocated must have been given back. */
  @Override
  public void close() {
    rtsp.close();
    assertThat(rtsp.statistics().connections()).isZero();
    assertThat(rtsp.statistics().sessions()).isZero();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
        .as("bytes leaked")
        .isZero();
  }
}
