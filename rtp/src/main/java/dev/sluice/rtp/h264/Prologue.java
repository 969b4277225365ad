package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The NAL units that precede a picture, copied until it begins: only then is it known whether it is
 * left out, and what its timestamp is, which sources may set on such NAL units to another value.
 */
final class Prologue {

  static final int MAX_BYTES = 32 * 1024;

  private final ByteBuf bytes = Unpooled.buffer(256, MAX_BYTES);
  private final NalList nals = new NalList();

  /**
   * @return false if there is no room
   */
  boolean add(ByteBuf buf, int offset, int length) {
    if (length > MAX_BYTES - bytes.writerIndex()) {
      return false;
    }
    nals.add(bytes.writerIndex(), length);
    bytes.writeBytes(buf, offset, length);
    return true;
  }

  boolean isEmpty() {
    return nals.size() == 0;
  }

  ByteBuf bytes() {
    return bytes;
  }

  NalList nals() {
    return nals;
  }

  void clear() {
    bytes.clear();
    nals.clear();
  }
}
