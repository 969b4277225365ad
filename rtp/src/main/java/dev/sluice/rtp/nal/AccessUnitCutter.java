package dev.sluice.rtp.nal;

import dev.sluice.rtp.FrameCutter;
import io.netty.buffer.ByteBuf;

/**
 * Cuts a byte stream of NAL units (annex B) into access units. Each ends where the first NAL unit
 * of the next begins, so it is known only then. What precedes the first start code goes with the
 * first access unit.
 */
public final class AccessUnitCutter implements FrameCutter {

  private final UnitStarts starts;
  private int searched;
  private boolean hasPicture;

  /**
   * Makes a cutter.
   *
   * @param starts of the codec
   */
  public AccessUnitCutter(UnitStarts starts) {
    this.starts = starts;
  }

  @Override
  public int cut(ByteBuf buf, boolean ended) {
    int begin = buf.readerIndex();
    int end = buf.writerIndex();
    int startCode = AnnexB.findStartCode(buf, begin + searched, end);
    while (startCode < end) {
      int nal = startCode + AnnexB.START_CODE_BYTES;
      int there = end - nal;
      if (there < UnitStarts.HEAD_BYTES && !ended || there == 0) {
        searched = startCode - begin;
        return ended ? rest(buf) : MORE;
      }
      if (hasPicture && starts.begins(buf, nal, there)) {
        return cutAt(AnnexB.withoutTrailingZeros(buf, begin, startCode) - begin);
      }
      hasPicture |= starts.isSlice(buf, nal);
      startCode = AnnexB.findStartCode(buf, nal, end);
    }
    searched = Math.max(searched, end - begin - AnnexB.START_CODE_BYTES + 1);
    return ended ? rest(buf) : MORE;
  }

  private int rest(ByteBuf buf) {
    return cutAt(buf.readableBytes());
  }

  private int cutAt(int length) {
    searched = 0;
    hasPicture = false;
    return length;
  }
}
