package dev.sluice.rtsp;

import dev.sluice.RelayEngine;
import dev.sluice.loop.Handover;
import dev.sluice.loop.Transport;
import dev.sluice.receive.MediaSink;
import dev.sluice.spi.StreamReader;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An RTSP 1.0 server (RFC 2326): encoders announce a stream and send it interleaved in the RTSP
 * connection or over UDP, and it appears in the engine under the path of the URI. Players read the
 * engine's streams in the same ways, whoever publishes them.
 *
 * <pre>{@code
 * try (RtspServer rtsp = RtspServer.builder(engine).bind(new InetSocketAddress("127.0.0.1", 8554))) {
 *   // ffmpeg -re -i clip.mp4 -c copy -f rtsp rtsp://127.0.0.1:8554/stream
 * }
 * }</pre>
 *
 * <p>It relays one video and one audio track; other tracks of an announcement may be set up, since
 * clients give up otherwise, but are dropped. UDP sockets listen on the address that the RTSP
 * connection came in on, for as long as its session lasts, and take datagrams only from the peer of
 * that connection. A session ends with its connection. The peer gets receiver reports (RFC 3550)
 * and, when viewers need a keyframe, a picture loss indication (RFC 4585).
 *
 * <p>What a peer does wrong ends its connection at most and is counted. Who may publish is for a
 * {@link PublishAuthorizer} to say; see there for what is not protected.
 *
 * <p>It runs on the engine's event loops, so close it before the engine. Safe for any thread.
 */
public final class RtspServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RtspServer.class);

  private final ServerContext server;
  private final Channel listening;
  private final InetSocketAddress localAddress;

  private RtspServer(ServerContext server, Channel listening) {
    this.server = server;
    this.listening = listening;
    localAddress = (InetSocketAddress) listening.localAddress();
  }

  /**
   * Configures a server.
   *
   * @param engine where streams are published; it must outlive the server
   * @return a builder with the defaults
   */
  public static RtspServerBuilder builder(RelayEngine engine) {
    return new RtspServerBuilder(engine);
  }

  static RtspServer start(
      EventLoopGroup loops,
      ByteBufAllocator allocator,
      MediaSink.Opener sinks,
      StreamReader.Opener streams,
      RtspOptions options,
      InetSocketAddress address) {
    ServerContext server =
        ServerContext.of(
            options, sinks, streams, Transport.of(loops), System::nanoTime, new SecureRandom());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(server.transport().serverChannels())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(new Acceptor(server))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotBind(address, bound.cause());
    }
    return new RtspServer(server, bound.channel());
  }

  private static UncheckedIOException cannotBind(InetSocketAddress address, Throwable cause) {
    String message =
        "RTSP cannot bind TCP %s (%s); choose another port, or 0 for any"
            .formatted(address, cause.getMessage());
    return new UncheckedIOException(new IOException(message, cause));
  }

  /** {@return the address and port it listens on} */
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /** {@return what was counted until now} */
  public RtspStatistics statistics() {
    return server.counters().snapshot();
  }

  /**
   * Stops listening and closes all connections, and so ends the streams published through them.
   * Returns when that is done.
   *
   * @throws IllegalStateException when called on an event loop of the engine
   */
  @Override
  public void close() {
    requireNoEventLoop(listening.eventLoop().parent());
    listening.close().awaitUninterruptibly();
    server.closed().set(true);
    List<Future<?>> closed = new ArrayList<>();
    for (RtspConnection connection : server.connections()) {
      try {
        closed.add(connection.eventLoop().submit(() -> connection.close("the server is closed")));
      } catch (RejectedExecutionException engineClosed) {
        LOG.warn("The engine was closed before its RTSP server");
      }
    }
    closed.forEach(Future::awaitUninterruptibly);
  }

  static void requireOpen(RelayEngine engine) {
    requireNoEventLoop(engine.eventLoops());
    if (!engine.health().open()) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  private static void requireNoEventLoop(EventExecutorGroup loops) {
    if (Handover.isOnOneOf(loops)) {
      throw new IllegalStateException("called on an event loop of the engine");
    }
  }

  /** Takes accepted connections into service. */
  private static final class Acceptor extends ChannelInitializer<Channel> {
    private final ServerContext server;

    Acceptor(ServerContext server) {
      this.server = server;
    }

    @Override
    protected void initChannel(Channel channel) {
      RtspConnection.serve(server, channel);
    }
  }
}
