package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/** Takes payloads as they are, for payload formats that add nothing to the media, as Opus's. */
public final class PassThroughAssembler implements FrameAssembler {

  /** Makes an assembler. */
  public PassThroughAssembler() {}

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    frame.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    return true;
  }
}
