package dev.sluice.fanout;

import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Restores lost packets by FlexFEC as libwebrtc does: it takes transport-wide sequence numbers for
 * zero, and reads one protected SSRC, flexible masks and nothing else.
 */
final class FecReceiver {
  private static final int MASK_OFFSET = 18;
  private static final int VERSION_MASK = 0x3F;
  private static final int KEPT_REPAIRS = 48;

  private final int transportExtension;
  private final Map<Integer, byte[]> media = new HashMap<>();
  private final List<byte[]> repairs = new ArrayList<>();

  /**
   * @param transportExtension id of the extension for transport-wide sequence numbers, or -1
   */
  FecReceiver(int transportExtension) {
    this.transportExtension = transportExtension;
  }

  /** takes a packet that came */
  void onMedia(byte[] packet) {
    byte[] copy = packet.clone();
    clearTransportSequence(copy);
    media.put(RtpHeader.sequenceNumber(copy, 0), copy);
  }

  /** takes a repair packet's payload; returns the packets that are restored by it */
  List<byte[]> onRepair(byte[] payload) {
    repairs.add(payload);
    if (repairs.size() > KEPT_REPAIRS) {
      repairs.remove(0);
    }
    return restore();
  }

  /** a packet that came or was restored, its transport-wide sequence number zero */
  byte[] packet(int sequence) {
    return media.get(sequence);
  }

  /** sequence numbers that a repair packet's payload protects */
  static List<Integer> protectedBy(byte[] repair) {
    if (repair[8] != 1 || (repair[0] & 0xC0) != 0) {
      throw new AssertionError("not of one stream with a flexible mask");
    }
    List<Integer> sequences = new ArrayList<>();
    int base = BigEndian.getUnsignedShort(repair, MASK_OFFSET - 2);
    for (int i = 0; i < maskBits(repair); i++) {
      int bit = 1 + i + (i < 15 ? 0 : i < 46 ? 1 : 2);
      if ((repair[MASK_OFFSET + bit / 8] & 0x80 >> bit % 8) != 0) {
        sequences.add(base + i & 0xFFFF);
      }
    }
    return sequences;
  }

  private static int maskBits(byte[] repair) {
    return repair[MASK_OFFSET] < 0 ? 15 : repair[MASK_OFFSET + 2] < 0 ? 46 : 109;
  }

  private static int headerLength(byte[] repair) {
    return MASK_OFFSET + (maskBits(repair) + 3) / 8;
  }

  private List<byte[]> restore() {
    List<byte[]> restored = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = repairs.removeIf(repair -> isDone(repair, restored));
    }
    return restored;
  }

  private boolean isDone(byte[] repair, List<byte[]> restored) {
    List<Integer> sequences = protectedBy(repair);
    List<Integer> missing = sequences.stream().filter(s -> !media.containsKey(s)).toList();
    if (missing.size() == 1) {
      byte[] packet = restore(repair, sequences, missing.get(0));
      media.put(missing.get(0), packet);
      restored.add(packet);
    }
    return missing.size() <= 1;
  }

  private byte[] restore(byte[] repair, List<Integer> sequences, int missing) {
    int header = headerLength(repair);
    byte[] sum = new byte[RtpHeader.FIXED_LENGTH + repair.length - header];
    System.arraycopy(repair, 0, sum, 0, 8);
    System.arraycopy(repair, header, sum, RtpHeader.FIXED_LENGTH, repair.length - header);
    for (int sequence : sequences) {
      if (sequence != missing) {
        add(sum, media.get(sequence));
      }
    }
    int length = RtpHeader.FIXED_LENGTH + BigEndian.getUnsignedShort(sum, 2);
    byte[] packet = Arrays.copyOf(sum, length);
    packet[0] = (byte) (sum[0] & VERSION_MASK | RtpHeader.VERSION << 6);
    BigEndian.putShort(packet, RtpHeader.SEQUENCE_NUMBER_OFFSET, missing);
    BigEndian.putInt(packet, RtpHeader.SSRC_OFFSET, BigEndian.getInt(repair, 12));
    return packet;
  }

  private static void add(byte[] sum, byte[] packet) {
    sum[0] ^= packet[0];
    sum[1] ^= packet[1];
    int rest = packet.length - RtpHeader.FIXED_LENGTH;
    BigEndian.putShort(sum, 2, BigEndian.getShort(sum, 2) ^ rest);
    for (int i = RtpHeader.TIMESTAMP_OFFSET; i < RtpHeader.SSRC_OFFSET; i++) {
      sum[i] ^= packet[i];
    }
    for (int i = RtpHeader.FIXED_LENGTH; i < packet.length; i++) {
      sum[i] ^= packet[i];
    }
  }

  private void clearTransportSequence(byte[] packet) {
    RtpPacket view = new RtpPacket();
    view.wrap(Unpooled.wrappedBuffer(packet));
    if (transportExtension > 0 && view.extensions().find(transportExtension)) {
      BigEndian.putShort(packet, view.extensions().offset(), 0);
    }
  }
}
