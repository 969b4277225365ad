package dev.sluice.rtsp;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;

/** Sends responses, which wait behind the media that the peer has not read yet. */
final class ResponseOut {
  private static final int MAX_UNREAD = 16;

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
    LastWrite.closeBehind(channel, response);
  }
}
