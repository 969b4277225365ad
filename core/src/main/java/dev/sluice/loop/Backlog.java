package dev.sluice.loop;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;

/**
 * What waits in a channel for the kernel. Media stops at the high mark; what else there is to send,
 * answers and control, has some room more.
 */
final class Backlog {
  private final Channel channel;
  private final long mostBytesTooMany;

  /** with a room for control in bytes */
  Backlog(Channel channel, int roomForControl) {
    this.channel = channel;
    WriteBufferWaterMark mark = channel.config().getWriteBufferWaterMark();
    mostBytesTooMany = mark.high() - mark.low() + roomForControl;
  }

  /** whether nothing more may be added */
  boolean isFull() {
    return channel.bytesBeforeWritable() > mostBytesTooMany;
  }
}
