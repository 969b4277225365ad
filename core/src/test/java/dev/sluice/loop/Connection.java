package dev.sluice.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A connection of a peer, which may read nothing for a time. */
public final class Connection extends EmbeddedChannel {
  private final InetSocketAddress from;
  private boolean reading = true;

  /**
   * Opens it.
   *
   * @param from where the peer is
   */
  public Connection(InetSocketAddress from) {
    this.from = from;
    pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext context) {
                if (reading) {
                  context.flush();
                }
              }
            });
  }

  /**
   * The peer reads, or not.
   *
   * @param reads whether it does
   */
  public void reading(boolean reads) {
    reading = reads;
    flush();
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return from;
  }
}
