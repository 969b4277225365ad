package dev.sluice.rtp.av1;

import dev.sluice.rtp.FrameCutter;
import io.netty.buffer.ByteBuf;

/**
 * Cuts a byte stream of OBUs with sizes (AV1 specification 5.2) into temporal units, each of which
 * begins with a temporal delimiter. What cannot be read as an OBU goes, with all that follows it,
 * into one last unit.
 */
final class TemporalUnitCutter implements FrameCutter {

  private final Obu obu = new Obu();
  private int searched;

  @Override
  public int cut(ByteBuf buf, boolean ended) {
    int begin = buf.readerIndex();
    int end = buf.writerIndex();
    int at = begin + searched;
    while (at < end && obu.read(buf, at, end)) {
      if (at > begin && obu.type() == Obu.TEMPORAL_DELIMITER) {
        searched = 0;
        return at - begin;
      }
      if (obu.end() > end) {
        break;
      }
      at = obu.end();
    }
    searched = ended ? 0 : at - begin;
    return ended ? end - begin : MORE;
  }
}
