package dev.sluice.rtsp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.concurrent.TimeUnit;

/** Sends responses, which wait behind the media that the peer has not read yet. */
final class ResponseOut {
  private static final int MAX_UNREAD = 16;
  private static final int SECONDS_TO_READ_THE_LAST = 5;

  private final Channel channel;
  private int unread;

  ResponseOut(Channel channel) {
    this.channel = channel;
  }

  /** whether the peer asks and asks, and does not read what it is answered */
  boolean isFull() {
    return unread > MAX_UNREAD;
  }

  void send(FullHttpResponse response) {
    unread++;
    channel.writeAndFlush(response).addListener(sent -> unread--);
  }

  /** Closes the connection behind a response, whether or not it is read. */
  void sendLast(FullHttpResponse response) {
    channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    if (channel.isOpen()) {
      channel
          .eventLoop()
          .schedule(() -> channel.close(), SECONDS_TO_READ_THE_LAST, TimeUnit.SECONDS);
    }
  }
}
