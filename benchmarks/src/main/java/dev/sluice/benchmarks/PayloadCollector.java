package dev.sluice.benchmarks;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Makes a source's RTP packets of what a payload format writes. */
final class PayloadCollector implements PayloadWriter {
  private static final int PAYLOAD_TYPE = 96;
  private static final int SSRC = 0x5EED;

  private final List<ByteBuf> packets = new ArrayList<>();
  private byte[] open = new byte[0];

  /** Each in a direct buffer, as they come from a socket. */
  RtpPacket[] packets() {
    RtpPacket[] views = new RtpPacket[packets.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = new RtpPacket();
      views[i].wrap(packets.get(i));
    }
    return views;
  }

  @Override
  public void open(int capacity) {
    open = new byte[RtpHeader.FIXED_LENGTH + capacity];
  }

  @Override
  public byte[] array() {
    return open;
  }

  @Override
  public int offset() {
    return RtpHeader.FIXED_LENGTH;
  }

  @Override
  public void commit(int length, int timestamp, boolean marker) {
    int number = packets.size();
    RtpHeader.write(open, 0, PAYLOAD_TYPE, marker, number, timestamp, SSRC);
    int total = RtpHeader.FIXED_LENGTH + length;
    packets.add(Unpooled.directBuffer(total).writeBytes(open, 0, total));
  }

  @Override
  public void discard() {}

  @Override
  public void skip(int count) {}

  @Override
  public long position() {
    return packets.size();
  }

  @Override
  public void keyframe(long position) {}

  @Override
  public void recoveryPoint(long position) {}

  @Override
  public void mark(long position, int marks) {}
}
