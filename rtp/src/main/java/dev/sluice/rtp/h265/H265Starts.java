package dev.sluice.rtp.h265;

import dev.sluice.rtp.nal.UnitStarts;
import io.netty.buffer.ByteBuf;

/** Where access units of H.265 begin (section 7.4.2.4.4). */
final class H265Starts implements UnitStarts {

  private static final int FIRST_SLICE_SEGMENT = 0x80;

  @Override
  public boolean isSlice(ByteBuf buf, int offset) {
    return H265Nal.isSlice(H265Nal.type(buf.getByte(offset)));
  }

  @Override
  public boolean begins(ByteBuf buf, int offset, int length) {
    int type = H265Nal.type(buf.getByte(offset));
    if (H265Nal.isSlice(type)) {
      int slice = H265Nal.HEADER_BYTES;
      return length > slice && (buf.getByte(offset + slice) & FIRST_SLICE_SEGMENT) != 0;
    }
    return H265Nal.precedesPicture(type);
  }
}
