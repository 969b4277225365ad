package dev.sluice.fanout;

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

  private final byte[] bytes;

  private RtpHeaderTemplate(byte[] bytes) {
    this.bytes = bytes;
  }

  /** a header without extensions */
  static RtpHeaderTemplate plain(int payloadType, int ssrc) {
    byte[] header = new byte[RtpHeader.FIXED_LENGTH];
    RtpHeader.write(header, 0, payloadType, false, 0, 0, ssrc);
    return new RtpHeaderTemplate(header);
  }

  /** a header that names its m-line (RFC 9143, section 14) */
  static RtpHeaderTemplate withMid(int payloadType, int ssrc, int extension, String mid) {
    byte[] header = new byte[LARGEST];
    byte[] tag = mid.getBytes(StandardCharsets.UTF_8);
    RtpHeader.write(header, 0, payloadType, false, 0, 0, ssrc);
    HeaderExtensionWriter writer = new HeaderExtensionWriter();
    writer.begin(header, 0, HeaderExtensionForm.ONE_BYTE);
    int at = writer.add(extension, tag.length);
    System.arraycopy(tag, 0, header, at, tag.length);
    return new RtpHeaderTemplate(Arrays.copyOf(header, writer.end()));
  }

  int length() {
    return bytes.length;
  }

  void write(byte[] packet, int offset, boolean marker, long sequence, int timestamp) {
    System.arraycopy(bytes, 0, packet, offset, bytes.length);
    RtpHeader.update(packet, offset, marker, (int) sequence, timestamp);
  }
}
