package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.UnitStarts;
import io.netty.buffer.ByteBuf;

/**
 * Where access units of H.264 begin (section 7.4.1.2.3), as far as that can be told without the
 * slice headers in full: each field of a picture is one of its own, and slices come in order.
 */
final class H264Starts implements UnitStarts {

  /** first_mb_in_slice is ue(v): 0 is one bit */
  private static final int FIRST_MACROBLOCK = 0x80;

  @Override
  public boolean isSlice(ByteBuf buf, int offset) {
    return NalUnit.hasSliceHeader(NalUnit.type(buf.getByte(offset)));
  }

  @Override
  public boolean begins(ByteBuf buf, int offset, int length) {
    int type = NalUnit.type(buf.getByte(offset));
    if (NalUnit.hasSliceHeader(type)) {
      return length > 1 && (buf.getByte(offset + 1) & FIRST_MACROBLOCK) != 0;
    }
    return NalUnit.precedesPicture(type);
  }
}
