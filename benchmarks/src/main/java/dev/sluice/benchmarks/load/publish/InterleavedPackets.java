package dev.sluice.benchmarks.load.publish;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpHeader;
import java.nio.ByteBuffer;

/** Lays RTP packets one behind the other as interleaved frames (RFC 2326, section 10.12). */
final class InterleavedPackets implements PayloadWriter {
  private static final int FRAME_HEADER = 4;
  private static final int PAYLOAD_TYPE = 96;

  private final byte[] bytes;
  private final int ssrc;
  private int length;
  private int sequence;

  InterleavedPackets(int capacity, int ssrc) {
    bytes = new byte[capacity];
    this.ssrc = ssrc;
  }

  /** what was written, valid until the next packet; begins anew */
  ByteBuffer take() {
    ByteBuffer taken = ByteBuffer.wrap(bytes, 0, length);
    length = 0;
    return taken;
  }

  @Override
  public void open(int capacity) {}

  @Override
  public byte[] array() {
    return bytes;
  }

  @Override
  public int offset() {
    return length + FRAME_HEADER + RtpHeader.FIXED_LENGTH;
  }

  @Override
  public void commit(int payloadLength, int timestamp, boolean marker) {
    int size = RtpHeader.FIXED_LENGTH + payloadLength;
    bytes[length] = '$';
    bytes[length + 1] = 0;
    bytes[length + 2] = (byte) (size >> 8);
    bytes[length + 3] = (byte) size;
    int sequenceNumber = sequence++ & 0xFFFF;
    RtpHeader.write(
        bytes, length + FRAME_HEADER, PAYLOAD_TYPE, marker, sequenceNumber, timestamp, ssrc);
    length += FRAME_HEADER + size;
  }

  @Override
  public void discard() {}

  @Override
  public void skip(int count) {
    sequence += count;
  }

  @Override
  public long position() {
    return sequence;
  }

  @Override
  public void keyframe(long position) {}

  @Override
  public void recoveryPoint(long position) {}

  @Override
  public void mark(long position, int marks) {}
}
