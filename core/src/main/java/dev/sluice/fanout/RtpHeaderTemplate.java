package dev.sluice.fanout;

import dev.sluice.PlayoutDelay;
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
  private static final int LARGEST = 64;

  private static final int NONE = -1;
  private static final int TRANSPORT_SEQUENCE_LENGTH = 2;
  private static final int PLAYOUT_DELAY_LENGTH = 3;
  private static final int PLAYOUT_DELAY_BITS = 12;
  private static final int PLAYOUT_DELAY_MILLIS = 10;

  private final byte[] bytes;
  private final int transportSequenceAt;

  private RtpHeaderTemplate(byte[] bytes, int transportSequenceAt) {
    this.bytes = bytes;
    this.transportSequenceAt = transportSequenceAt;
  }

  /** a header with a transport-wide sequence number, where that extension has an id */
  static RtpHeaderTemplate plain(int payloadType, int ssrc, int transportExtension) {
    HeaderExtensionWriter writer = new HeaderExtensionWriter();
    byte[] header = begin(writer, payloadType, ssrc);
    int numberAt = addNumber(writer, transportExtension);
    return new RtpHeaderTemplate(Arrays.copyOf(header, writer.end()), numberAt);
  }

  /** one that says besides what holds for the whole stream: its m-line, how it is to be shown */
  static RtpHeaderTemplate introducing(SenderParameters parameters) {
    HeaderExtensionWriter writer = new HeaderExtensionWriter();
    byte[] header = begin(writer, parameters.payloadType(), parameters.ssrc());
    int numberAt = addNumber(writer, parameters.transportExtension());
    if (parameters.namesMid()) {
      byte[] tag = parameters.mid().getBytes(StandardCharsets.UTF_8);
      int at = writer.add(parameters.midExtension(), tag.length);
      System.arraycopy(tag, 0, header, at, tag.length);
    }
    PlayoutDelay delay = parameters.playoutDelay();
    if (delay != null) {
      put(header, writer.add(parameters.playoutExtension(), PLAYOUT_DELAY_LENGTH), delay);
    }
    return new RtpHeaderTemplate(Arrays.copyOf(header, writer.end()), numberAt);
  }

  private static byte[] begin(HeaderExtensionWriter writer, int payloadType, int ssrc) {
    byte[] header = new byte[LARGEST];
    RtpHeader.write(header, 0, payloadType, false, 0, 0, ssrc);
    writer.begin(header, 0, HeaderExtensionForm.ONE_BYTE);
    return header;
  }

  private static int addNumber(HeaderExtensionWriter writer, int extension) {
    return extension > 0 ? writer.add(extension, TRANSPORT_SEQUENCE_LENGTH) : NONE;
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
}
