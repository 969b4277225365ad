package dev.sluice.loop;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;

/**
 * What waits in a channel for the kernel. Media stops at the high mark; what else there is to send,
 * answers and control, has a quarter of it more.
 */
final class Backlog {
  private static final int ROOM_FOR_CONTROL = 4;

  private final Channel channel;
  private final long mostBytesTooMany;

  Backlog(Channel channel) {
    this.channel = channel;
    WriteBufferWaterMark mark = channel.config().getWriteBufferWaterMark();
    mostBytesTooMany = mark.high() - mark.low() + mark.high() / ROOM_FOR_CONTROL;
  }

  /** whether nothing more may be added */
  boolean isFull() {
    return channel.bytesBeforeWritable() > mostBytesTooMany;
  }
}
