package dev.sluice.rtp.fec;

import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.RtpHeader;

/**
 * The header of a repair packet with a flexible mask for one stream
 * (draft-ietf-payload-flexible-fec-scheme-03, section 4.2). It stands behind the RTP header, and
 * the parity of all that follows the fixed headers of the protected packets stands behind it:
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0|0|P|X|  CC   |M| PT recovery |        length recovery        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          TS recovery                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | SSRC count: 1 |                    reserved                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             SSRC                              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            SN base            |0|          mask [0-14]        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|                         mask [15-45]                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The mask always has this middle one of its three lengths. One object makes one header after
 * the other; used by one thread at a time.
 */
public final class FlexFecHeader {

  /** length in bytes */
  public static final int LENGTH = 24;

  /** sequence numbers that one packet can protect, from the lowest to the highest */
  public static final int SPAN = 46;

  private static final int LENGTH_OFFSET = 2;
  private static final int TIMESTAMP_OFFSET = 4;
  private static final int SSRC_COUNT_OFFSET = 8;
  private static final int SSRC_OFFSET = 12;
  private static final int BASE_OFFSET = 16;
  private static final int MASK_OFFSET = 18;
  private static final int LONG_MASK_OFFSET = 20;

  /** in the place of the version are bits for repeated packets and fixed masks */
  private static final int FLAGS_MASK = 0x3FFF;

  private static final int ONE_SSRC = 1 << 24;
  private static final int LAST_MASK = 1 << 31;
  private static final int LONG_MASK_BITS = 31;

  private int flags;
  private int length;
  private int timestamp;
  private int ssrc;
  private int base;
  private long mask;

  /** Makes one that protects nothing. */
  public FlexFecHeader() {}

  /**
   * Begins anew.
   *
   * @param protectedSsrc of the protected packets
   * @param firstSequence sequence number that the others are counted from; its lower 16 bits count
   */
  public void begin(int protectedSsrc, int firstSequence) {
    ssrc = protectedSsrc;
    base = firstSequence;
    flags = 0;
    length = 0;
    timestamp = 0;
    mask = 0;
  }

  /**
   * Protects the header of a packet.
   *
   * @param ahead how much its sequence number is above the first one, 0 to {@link #SPAN} - 1
   * @param packet holds its RTP header; borrowed
   * @param offset of that
   * @param rest length in bytes of what follows its fixed header
   */
  public void protect(int ahead, byte[] packet, int offset, int rest) {
    mask |= 1L << SPAN - 1 - ahead;
    flags ^= BigEndian.getUnsignedShort(packet, offset);
    timestamp ^= RtpHeader.timestamp(packet, offset);
    length ^= rest;
  }

  /** {@return whether it protects no packet} */
  public boolean isEmpty() {
    return mask == 0;
  }

  /**
   * Writes the header.
   *
   * @param into where to; all {@link #LENGTH} bytes are written
   * @param at index of the first one
   */
  public void write(byte[] into, int at) {
    BigEndian.putShort(into, at, flags & FLAGS_MASK);
    BigEndian.putShort(into, at + LENGTH_OFFSET, length);
    BigEndian.putInt(into, at + TIMESTAMP_OFFSET, timestamp);
    BigEndian.putInt(into, at + SSRC_COUNT_OFFSET, ONE_SSRC);
    BigEndian.putInt(into, at + SSRC_OFFSET, ssrc);
    BigEndian.putShort(into, at + BASE_OFFSET, base);
    BigEndian.putShort(into, at + MASK_OFFSET, (int) (mask >>> LONG_MASK_BITS));
    BigEndian.putInt(into, at + LONG_MASK_OFFSET, LAST_MASK | (int) mask);
  }
}
