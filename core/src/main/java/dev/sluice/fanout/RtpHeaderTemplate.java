package dev.sluice.fanout;

import dev.sluice.PlayoutDelay;
import dev.sluice.log.Ring;
import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.HeaderExtensionForm;
import dev.sluice.rtp.HeaderExtensionWriter;
import dev.sluice.rtp.RtpHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * The RTP header of one outgoing stream, made once; each packet gets a copy with its numbers set.
 */
final class RtpHeaderTemplate {
  /** bytes */
  static final int LARGEST = 64;

  private static final int NONE = -1;
  private static final int TRANSPORT_SEQUENCE_LENGTH = 2;
  private static final int PLAYOUT_DELAY_LENGTH = 3;
  private static final int PLAYOUT_DELAY_BITS = 12;
  private static final int PLAYOUT_DELAY_MILLIS = 10;

  private final byte[] bytes;
  private final int transportSequenceAt;
  private final int captureTimeAt;

  private RtpHeaderTemplate(byte[] bytes, int transportSequenceAt, int captureTimeAt) {
    this.bytes = bytes;
    this.transportSequenceAt = transportSequenceAt;
    this.captureTimeAt = captureTimeAt;
  }

  /** a header with a transport-wide sequence number, where that extension has an id */
  static RtpHeaderTemplate plain(int payloadType, int ssrc, int transportExtension) {
    HeaderExtensionWriter writer = new HeaderExtensionWriter();
    byte[] header = begin(writer, payloadType, ssrc);
    int numberAt = add(writer, transportExtension, TRANSPORT_SEQUENCE_LENGTH);
    return new RtpHeaderTemplate(Arrays.copyOf(header, writer.end()), numberAt, NONE);
  }

  /**
   * A header of a viewer's media.
   *
   * @param introduces whether it says besides what holds for the whole stream: its m-line (RFC
   *     9143, section 14), how it is to be shown
   * @param stamped whether it says when the packet's media was captured
   */
  static RtpHeaderTemplate of(SenderParameters parameters, boolean introduces, boolean stamped) {
    HeaderExtensionWriter writer = new HeaderExtensionWriter();
    byte[] header = begin(writer, parameters.payloadType(), parameters.ssrc());
    int numberAt = add(writer, parameters.transportExtension(), TRANSPORT_SEQUENCE_LENGTH);
    if (introduces) {
      introduce(writer, header, parameters);
    }
    int captureTimeAt =
        stamped ? add(writer, parameters.captureExtension(), Ring.STAMP_BYTES) : NONE;
    return new RtpHeaderTemplate(Arrays.copyOf(header, writer.end()), numberAt, captureTimeAt);
  }

  private static void introduce(
      HeaderExtensionWriter writer, byte[] header, SenderParameters parameters) {
    if (parameters.namesMid()) {
      byte[] tag = parameters.mid().getBytes(StandardCharsets.UTF_8);
      int at = writer.add(parameters.midExtension(), tag.length);
      System.arraycopy(tag, 0, header, at, tag.length);
    }
    PlayoutDelay delay = parameters.playoutDelay();
    if (delay != null) {
      put(header, writer.add(parameters.playoutExtension(), PLAYOUT_DELAY_LENGTH), delay);
    }
  }

  private static byte[] begin(HeaderExtensionWriter writer, int payloadType, int ssrc) {
    byte[] header = new byte[LARGEST];
    RtpHeader.write(header, 0, payloadType, false, 0, 0, ssrc);
    writer.begin(header, 0, HeaderExtensionForm.ONE_BYTE);
    return header;
  }

  private static int add(HeaderExtensionWriter writer, int extension, int length) {
    return extension > 0 ? writer.add(extension, length) : NONE;
  }

  /** twice twelve bits */
  private static void put(byte[] header, int at, PlayoutDelay delay) {
    int value = units(delay.least()) << PLAYOUT_DELAY_BITS | units(delay.greatest());
    header[at] = (byte) (value >> Short.SIZE);
    BigEndian.putShort(header, at + 1, value);
  }

  private static int units(Duration delay) {
    return (int) (delay.toMillis() / PLAYOUT_DELAY_MILLIS);
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

  /** says when the media of a packet was captured, in a header that was written */
  void stamp(byte[] packet, int offset, Ring ring, long position) {
    if (captureTimeAt != NONE) {
      ring.copyStamp(position, packet, offset + captureTimeAt);
    }
  }
}
