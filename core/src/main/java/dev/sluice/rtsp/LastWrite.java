package dev.sluice.rtsp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;

/** The end of a connection that has something left to say. */
final class LastWrite {
  private static final int SECONDS_TO_READ = 5;

  private LastWrite() {}

  /** Closes a connection behind a message, whether or not it is read. */
  static void closeBehind(Channel channel, Object message) {
    channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    if (channel.isOpen()) {
      channel.eventLoop().schedule(() -> channel.close(), SECONDS_TO_READ, TimeUnit.SECONDS);
    }
  }
}
