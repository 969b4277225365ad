package dev.sluice.rtp.vp9;

import dev.sluice.rtp.FrameAssembler;
import io.netty.buffer.ByteBuf;

/** Puts frames together from what stands behind the payload descriptors (RFC 9628, section 4.2). */
public final class Vp9Assembler implements FrameAssembler {
  private final Vp9Descriptor descriptor = new Vp9Descriptor();
  private boolean hasBase;

  /** Makes an assembler. */
  public Vp9Assembler() {}

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    int at = payload.readerIndex();
    int length = payload.readableBytes();
    if (length == 0
        || !descriptor.parse(payload, at, length)
        || !frame.isReadable() && !descriptor.beginsFrame()) {
      return false;
    }
    hasBase = frame.isReadable() ? hasBase : descriptor.spatialId() == 0;
    frame.writeBytes(payload, at + descriptor.length(), length - descriptor.length());
    return true;
  }

  /** a frame of a higher spatial layer may be the first one of its picture that is there */
  @Override
  public boolean hasBeginning(ByteBuf frame) {
    return hasBase;
  }
}
