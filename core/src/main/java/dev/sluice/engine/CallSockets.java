package dev.sluice.engine;

import dev.sluice.NetworkOptions;
import dev.sluice.loop.UdpPort;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerLoop;
import dev.sluice.webrtc.PeerSocket;
import dev.sluice.webrtc.PeerSockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The sockets of peers that are called, each on a free port of the engine's address. */
final class CallSockets implements PeerSockets {
  private final NetworkOptions network;
  private final EngineLoops loops;
  private final SessionSockets sockets;
  private final UdpPort port;
  private final Set<Channel> open = new HashSet<>();
  private boolean closed;

  CallSockets(NetworkOptions network, EngineLoops loops, SessionSockets sockets) {
    this.network = network;
    this.loops = loops;
    this.sockets = sockets;
    port = sockets.port(false);
  }

  @Override
  public CompletionStage<PeerSocket> open() {
    EventLoop member = loops.next(null).eventLoop();
    CompletableFuture<PeerSocket> opened = new CompletableFuture<>();
    port.bind(member, new InetSocketAddress(loops.localAddress().getAddress(), 0))
        .addListener((ChannelFuture bound) -> complete(opened, bound, member));
    return opened;
  }

  private void complete(
      CompletableFuture<PeerSocket> opened, ChannelFuture bound, EventLoop member) {
    if (!bound.isSuccess()) {
      opened.completeExceptionally(bound.cause());
      return;
    }
    try {
      opened.complete(socket(bound.channel(), member));
    } catch (Throwable e) {
      bound.channel().close();
      opened.completeExceptionally(e);
    }
  }

  private PeerSocket socket(Channel channel, EventLoop member) {
    keep(channel);
    PeerDirectory directory = new PeerDirectory();
    PeerLoop loop = sockets.attach(channel, member, directory);
    channel
        .closeFuture()
        .addListener(
            gone -> {
              forget(channel);
              loop.end();
            });
    InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
    return new PeerSocket(
        loop, directory, EngineResources.candidates(network, bound, null), channel::close);
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
