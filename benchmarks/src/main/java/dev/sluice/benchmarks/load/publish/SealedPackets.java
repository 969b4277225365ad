package dev.sluice.benchmarks.load.publish;

import dev.sluice.rtp.HeaderExtensionForm;
import dev.sluice.rtp.HeaderExtensionWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/**
 * Seals RTP packets by SRTP, with transport-wide numbers, and sends each as a datagram. The newest
 * are kept, to be sent again.
 */
final class SealedPackets implements PayloadWriter {
  private static final int PAYLOAD_TYPE = 96;
  private static final int KEPT = 256;
  private static final int CAPACITY = 2_048;
  private static final int TRANSPORT_NUMBER_LENGTH = 2;
  private static final int HEADER_LENGTH = RtpHeader.FIXED_LENGTH + 8;

  private final byte[] bytes = new byte[CAPACITY];
  private final HeaderExtensionWriter extension = new HeaderExtensionWriter();
  private final ByteBuffer[] kept = new ByteBuffer[KEPT];
  private final SrtpSender srtp;
  private final WritableByteChannel out;
  private final int ssrc;
  private final int transportExtension;
  private long sequence;

  /**
   * Makes a writer.
   *
   * @param keys of this side
   * @param out takes the datagrams
   * @param ssrc of the packets
   * @param transportExtension ID of the header extension with transport-wide numbers
   */
  SealedPackets(SrtpKeys keys, WritableByteChannel out, int ssrc, int transportExtension) {
    srtp = new SrtpSender(keys, null);
    this.out = out;
    this.ssrc = ssrc;
    this.transportExtension = transportExtension;
  }

  @Override
  public void open(int capacity) {}

  @Override
  public byte[] array() {
    return bytes;
  }

  @Override
  public int offset() {
    return HEADER_LENGTH;
  }

  @Override
  public void commit(int payloadLength, int timestamp, boolean marker) {
    int number = (int) sequence & 0xFFFF;
    RtpHeader.write(bytes, 0, PAYLOAD_TYPE, marker, number, timestamp, ssrc);
    extension.begin(bytes, 0, HeaderExtensionForm.ONE_BYTE);
    int at = extension.add(transportExtension, TRANSPORT_NUMBER_LENGTH);
    bytes[at] = (byte) (number >> 8);
    bytes[at + 1] = (byte) number;
    int header = extension.end();
    int length = srtp.protect(sequence, bytes, 0, header, bytes, header, payloadLength);
    ByteBuffer datagram = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
    kept[(int) (sequence % KEPT)] = datagram;
    sequence++;
    send(datagram);
  }

  /** Sends a packet again, as it was. */
  void resend(int sequenceNumber) {
    int back = (int) sequence - sequenceNumber & 0xFFFF;
    if (back > 0 && back <= Math.min(sequence, KEPT)) {
      send(kept[(int) ((sequence - back) % KEPT)]);
    }
  }

  private void send(ByteBuffer datagram) {
    try {
      out.write(datagram.duplicate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
