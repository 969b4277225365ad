package dev.sluice.rtp.h265;

import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.LengthPrefixed;
import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;

/**
 * Finds the NAL units of a payload or an access unit, and leaves out those of types that H.265 does
 * not define, as Dolby Vision has them: decoders ignore them, and RTP means something else by some.
 */
final class UnitFinder {

  private static final int SIZE_BYTES = 2;

  private final NalList found = new NalList();
  private final NalList nals = new NalList();

  NalList nals() {
    return nals;
  }

  /** whether nothing was left out */
  boolean isAsItWas() {
    return nals.size() == found.size();
  }

  /** those of a payload that is no fragment; false if it is malformed */
  boolean payload(ByteBuf buf, int offset, int length) {
    found.clear();
    if (H265Nal.type(buf.getByte(offset)) != H265Nal.AGGREGATE) {
      found.add(offset, length);
      return select(buf);
    }
    int end = offset + length;
    int at = offset + H265Nal.HEADER_BYTES;
    while (end - at >= SIZE_BYTES) {
      int size = buf.getUnsignedShort(at);
      at += SIZE_BYTES;
      if (size > end - at) {
        return false;
      }
      found.add(at, size);
      at += size;
    }
    return at == end && select(buf);
  }

  /** those behind start codes; false if they are malformed */
  boolean annexB(ByteBuf buf) {
    return AnnexB.parse(buf, 0, buf.readableBytes(), found) && select(buf);
  }

  /** those behind their lengths; false if they are malformed */
  boolean lengthPrefixed(ByteBuf buf, int lengthSize) {
    return LengthPrefixed.parse(buf, buf.readableBytes(), lengthSize, found) && select(buf);
  }

  private boolean select(ByteBuf buf) {
    nals.clear();
    boolean valid = found.size() > 0;
    for (int i = 0; i < found.size() && valid; i++) {
      int offset = found.offset(i);
      int length = found.length(i);
      valid = length >= H265Nal.HEADER_BYTES && !H265Nal.isForbidden(buf.getByte(offset));
      if (valid && H265Nal.isDefined(H265Nal.type(buf.getByte(offset)))) {
        nals.add(offset, length);
      }
    }
    return valid;
  }
}
