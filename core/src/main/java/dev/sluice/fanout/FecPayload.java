package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.fec.FlexFecHeader;
import dev.sluice.rtp.fec.Parity;
import java.util.Arrays;

/**
 * Puts together what a repair packet carries: the parity of payloads, which all viewers of the log
 * share, behind that of one viewer's headers.
 *
 * <p>Transport-wide sequence numbers are zero in it. Those of a packet are given when it leaves, so
 * they are not kept, and libwebrtc, the receiver that there is, takes them for zero too.
 */
final class FecPayload {
  private static final int NONE = -1;

  private final FlexFecHeader fec = new FlexFecHeader();
  private final byte[] header = new byte[RtpHeaderTemplate.LARGEST];
  private final byte[] bytes =
      new byte[FlexFecHeader.LENGTH + RtpHeaderTemplate.LARGEST + ParityColumns.LONGEST_PAYLOAD];
  private int end;
  private int extension;

  byte[] bytes() {
    return bytes;
  }

  /**
   * Makes the one for a column of a block.
   *
   * @param headers the viewer's; with numbers that follow one another for the whole column
   * @return its length, 0 where there is nothing to protect, or that is not possible
   */
  int make(
      SenderHeaders headers,
      int ssrc,
      PacketLog log,
      ParityBlock block,
      ParityColumns columns,
      int column) {
    long first = block.start() + column;
    long firstSequence = headers.sequenceOf(first);
    Arrays.fill(bytes, (byte) 0);
    fec.begin(ssrc, (int) firstSequence);
    end = 0;
    extension = NONE;
    Ring ring = log.ring();
    for (int ahead = 0; first + ahead < block.end(); ahead += columns.count()) {
      boolean sent =
          firstSequence >= 0 && headers.sequenceOf(first + ahead) == firstSequence + ahead;
      if (!sent || !protect(headers, ring, first + ahead, ahead)) {
        return 0;
      }
    }
    if (extension != NONE) {
      int at = FlexFecHeader.LENGTH + extension;
      Parity.add(bytes, at, columns.parity(column), 0, columns.length(column));
    }
    fec.write(bytes, 0);
    return !fec.isEmpty() && log.holds(block.start()) ? FlexFecHeader.LENGTH + end : 0;
  }

  /** false for a header that is not as long as the others, so that payloads do not lie alike */
  private boolean protect(SenderHeaders headers, Ring ring, long position, int ahead) {
    byte[] payload = ring.bytes(position);
    int start = ring.start(position);
    int length = ring.length(position);
    if (!ParityColumns.isProtectable(payload, start, length)) {
      return true;
    }
    RtpHeaderTemplate template = headers.of(ring, position);
    headers.write(template, header, 0, ring, position, 0);
    int rest = template.length() - RtpHeader.FIXED_LENGTH;
    fec.protect(ahead, header, 0, rest + length);
    Parity.add(bytes, FlexFecHeader.LENGTH, header, RtpHeader.FIXED_LENGTH, rest);
    end = Math.max(end, rest + length);
    if (ring.isStamped(position)) {
      Parity.add(bytes, FlexFecHeader.LENGTH + rest, payload, start, length);
      return true;
    }
    boolean alike = extension == NONE || extension == rest;
    extension = rest;
    return alike;
  }
}
