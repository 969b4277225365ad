package dev.sluice.engine;

import dev.sluice.NetworkOptions;
import dev.sluice.loop.UdpPort;
import dev.sluice.stream.Tally;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerLoop;
import dev.sluice.webrtc.PeerSocket;
import dev.sluice.webrtc.PeerSockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The sockets of peers that are called, each on a free port of the engine's address. */
final class CallSockets implements PeerSockets {
  private final NetworkOptions network;
  private final EngineLoops loops;
  private final SessionSockets sockets;
  private final UdpPort port;
  private final AtomicInteger opened = new AtomicInteger();
  private final Set<Channel> open = new HashSet<>();
  private final Tally<PeerLoop, SocketSums> figures = new Tally<>(new SocketSums());
  private boolean closed;

  CallSockets(NetworkOptions network, EngineLoops loops, SessionSockets sockets) {
    this.network = network;
    this.loops = loops;
    this.sockets = sockets;
    port = sockets.port(false);
  }

  @Override
  public CompletionStage<PeerSocket> open() {
    EventLoop member = nextMember();
    CompletableFuture<PeerSocket> socket = new CompletableFuture<>();
    port.bind(member, new InetSocketAddress(loops.localAddress().getAddress(), 0))
        .addListener((ChannelFuture bound) -> complete(socket, bound, member));
    return socket;
  }

  /** one after the other: they are no viewers, whose numbers are kept even */
  private EventLoop nextMember() {
    List<PeerLoop> alive = loops.loops().stream().filter(PeerLoop::isAlive).toList();
    if (alive.isEmpty()) {
      throw new IllegalStateException(EngineLoops.NO_LOOP);
    }
    return alive.get(Math.floorMod(opened.getAndIncrement(), alive.size())).eventLoop();
  }

  private void complete(
      CompletableFuture<PeerSocket> socket, ChannelFuture bound, EventLoop member) {
    if (!bound.isSuccess()) {
      socket.completeExceptionally(bound.cause());
      return;
    }
    try {
      socket.complete(attach(bound.channel(), member));
    } catch (Throwable e) {
      bound.channel().close();
      socket.completeExceptionally(e);
    }
  }

  private PeerSocket attach(Channel channel, EventLoop member) {
    keep(channel);
    PeerDirectory directory = new PeerDirectory();
    PeerLoop loop = sockets.attach(channel, member, directory);
    figures.enter(loop);
    channel
        .closeFuture()
        .addListener(
            gone -> {
              forget(channel);
              loop.end();
              figures.leave(loop);
            });
    InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
    return new PeerSocket(
        loop, directory, EngineResources.candidates(network, bound, null), channel::close);
  }

  /** what all of them have counted, also those that are closed */
  SocketSums sums() {
    return figures.sums();
  }

  private synchronized void keep(Channel channel) {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
    open.add(channel);
  }

  private synchronized void forget(Channel channel) {
    open.remove(channel);
  }

  /** Closes all of them, and waits for that. */
  void close() {
    markClosed().forEach(channel -> channel.close().awaitUninterruptibly());
  }

  private synchronized Set<Channel> markClosed() {
    closed = true;
    return Set.copyOf(open);
  }
}
