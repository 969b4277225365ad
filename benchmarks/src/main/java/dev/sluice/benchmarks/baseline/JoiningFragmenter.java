package dev.sluice.benchmarks.baseline;

import dev.sluice.rtp.PayloadWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins FU-A fragments into a NAL unit and then packetises that again, an array for each fragment,
 * for the NAL unit and for each packet.
 */
public final class JoiningFragmenter {
  private static final int FU_HEADERS = 2;
  private static final int FU_A = 28;
  private static final int START = 0x80;
  private static final int END = 0x40;
  private static final int REF_IDC_MASK = 0xE0;
  private static final int TYPE_MASK = 0x1F;

  private final PayloadWriter out;
  private final int maxPayload;
  private final List<byte[]> fragments = new ArrayList<>();
  private int joinedLength;

  /**
   * Makes one.
   *
   * @param out gets the packets
   * @param maxPayload in bytes
   */
  public JoiningFragmenter(PayloadWriter out, int maxPayload) {
    this.out = out;
    this.maxPayload = maxPayload;
  }

  /**
   * Takes the next FU-A payload.
   *
   * @param payload from index 0
   * @param length in bytes
   * @param timestamp of RTP
   */
  public void accept(ByteBuf payload, int length, int timestamp) {
    byte[] fragment = new byte[length - FU_HEADERS];
    payload.getBytes(FU_HEADERS, fragment);
    fragments.add(fragment);
    joinedLength += fragment.length;
    int fuHeader = payload.getByte(1);
    if ((fuHeader & END) != 0) {
      int nalHeader = payload.getByte(0) & REF_IDC_MASK | fuHeader & TYPE_MASK;
      packetise(join((byte) nalHeader), timestamp);
    }
  }

  private byte[] join(byte nalHeader) {
    byte[] nal = new byte[1 + joinedLength];
    nal[0] = nalHeader;
    int at = 1;
    for (byte[] fragment : fragments) {
      System.arraycopy(fragment, 0, nal, at, fragment.length);
      at += fragment.length;
    }
    fragments.clear();
    joinedLength = 0;
    return nal;
  }

  private void packetise(byte[] nal, int timestamp) {
    int most = maxPayload - FU_HEADERS;
    for (int at = 1; at < nal.length; at += most) {
      int count = Math.min(most, nal.length - at);
      byte[] packet = new byte[FU_HEADERS + count];
      boolean last = at + count == nal.length;
      packet[0] = (byte) (nal[0] & REF_IDC_MASK | FU_A);
      packet[1] = (byte) (nal[0] & TYPE_MASK | (at == 1 ? START : 0) | (last ? END : 0));
      System.arraycopy(nal, at, packet, FU_HEADERS, count);
      append(packet, timestamp, last);
    }
  }

  private void append(byte[] packet, int timestamp, boolean marker) {
    out.open(packet.length);
    System.arraycopy(packet, 0, out.array(), out.offset(), packet.length);
    out.commit(packet.length, timestamp, marker);
  }
}
