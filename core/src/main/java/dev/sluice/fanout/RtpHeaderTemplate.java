package dev.sluice.fanout;

import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.HeaderExtensionForm;
import dev.sluice.rtp.HeaderExtensionWriter;
import dev.sluice.rtp.RtpHeader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The RTP header of one outgoing stream, made once; each packet gets a copy with its numbers set.
 */
final class RtpHeaderTemplate {
  private static final int LARGEST = 64;

  private static final int NONE = -1;
  private static final int TRANSPORT_SEQUENCE_LENGTH = 2;

  private final byte[] bytes;
  private final int transportSequenceAt;

  private RtpHeaderTemplate(byte[] bytes, int transportSequenceAt) {
    this.bytes = bytes;
    this.transportSequenceAt = transportSequenceAt;
  }

  /** a header with a transport-wide sequence number, where that extension has an id */
  static RtpHeaderTemplate plain(int payloadType, int ssrc, int transportExtension) {
    return of(payloadType, ssrc, transportExtension, NONE, "");
  }

  /** a header that names its m-line besides (RFC 9143, section 14) */
  static RtpHeaderTemplate naming(SenderParameters parameters) {
    return of(
        parameters.payloadType(),
        parameters.ssrc(),
        parameters.transportExtension(),
        parameters.midExtension(),
        parameters.mid());
  }

  private static RtpHeaderTemplate of(
      int payloadType, int ssrc, int transportExtension, int midExtension, String mid) {
    byte[] header = new byte[LARGEST];
    byte[] tag = mid.getBytes(StandardCharsets.UTF_8);
    RtpHeader.write(header, 0, payloadType, false, 0, 0, ssrc);
    HeaderExtensionWriter writer = new HeaderExtensionWriter();
    writer.begin(header, 0, HeaderExtensionForm.ONE_BYTE);
    int transportSequenceAt =
        transportExtension > 0 ? writer.add(transportExtension, TRANSPORT_SEQUENCE_LENGTH) : NONE;
    if (midExtension > 0) {
      int at = writer.add(midExtension, tag.length);
      System.arraycopy(tag, 0, header, at, tag.length);
    }
    return new RtpHeaderTemplate(Arrays.copyOf(header, writer.end()), transportSequenceAt);
  }

  int length() {
    return bytes.length;
  }

  void write(
      byte[] packet,
      int offset,
      boolean marker,
      long sequence,
      int timestamp,
      int transportSequence) {
    System.arraycopy(bytes, 0, packet, offset, bytes.length);
    RtpHeader.update(packet, offset, marker, (int) sequence, timestamp);
    if (transportSequenceAt != NONE) {
      BigEndian.putShort(packet, offset + transportSequenceAt, transportSequence);
    }
  }
}
