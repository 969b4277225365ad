package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;

/**
 * Finds the NAL units of a payload, those too that a source parts by start codes where it must not,
 * and leaves out what carries nothing: units without a body, filler data, types without a meaning.
 */
final class UnitFinder {

  private final H264Counters counters;
  private final NalList nals = new NalList();
  private boolean asItWas;
  private boolean damaged;

  UnitFinder(H264Counters counters) {
    this.counters = counters;
  }

  /** begins with the next payload */
  void clear() {
    nals.clear();
    asItWas = true;
    damaged = false;
  }

  NalList nals() {
    return nals;
  }

  /** whether the payload has nothing but what was found */
  boolean isAsItWas() {
    return asItWas;
  }

  /** whether something of the payload is missing that viewers may miss */
  boolean isDamaged() {
    return damaged;
  }

  void damaged(H264Counter reason) {
    counters.increment(reason);
    damaged = true;
    asItWas = false;
  }

  void leftOut(H264Counter reason) {
    counters.increment(reason);
    asItWas = false;
  }

  /**
   * Takes a NAL unit. Only where the first is not a slice it is searched for start codes: slices
   * are what most packets hold, and decoders find start codes within those themselves.
   */
  void add(ByteBuf buf, int offset, int length) {
    if (length > 0 && NalUnit.isSliceData(NalUnit.type(buf.getByte(offset)))) {
      take(buf, offset, length);
    } else {
      split(buf, offset, offset + length);
    }
  }

  private void split(ByteBuf buf, int offset, int end) {
    int at = offset;
    while (at < end) {
      int startCode = AnnexB.findStartCode(buf, at, end);
      int unitEnd = AnnexB.withoutTrailingZeros(buf, at, startCode);
      asItWas &= unitEnd == end;
      if (unitEnd > at) {
        take(buf, at, unitEnd - at);
      }
      at = startCode == end ? end : startCode + AnnexB.START_CODE_BYTES;
    }
  }

  private void take(ByteBuf buf, int offset, int length) {
    int header = buf.getByte(offset);
    int type = NalUnit.type(header);
    if (NalUnit.isForbidden(header)) {
      damaged(H264Counter.FORBIDDEN_BIT);
    } else if (NalUnit.isUndefined(type)) {
      leftOut(H264Counter.RESERVED_TYPE);
    } else if (!NalUnit.isStreamType(type)) {
      damaged(H264Counter.MALFORMED_NAL_UNIT);
    } else if (type == NalUnit.FILLER) {
      leftOut(H264Counter.FILLER_DROPPED);
    } else if (length == 1 && NalUnit.hasBody(type)) {
      leftOut(H264Counter.EMPTY_NAL_UNIT);
    } else {
      nals.add(offset, length);
    }
  }
}
