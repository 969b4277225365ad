package dev.sluice.webrtc;

import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtp.HeaderExtensionForm;
import dev.sluice.rtp.HeaderExtensionWriter;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.srtp.SrtcpReceiver;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpSender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A peer's side of media that it publishes: makes packets and reads what comes back. */
final class PublishingPeer {
  static final int VIDEO = 96;
  static final int RTX = 97;
  static final int AUDIO = 111;
  static final int RED = 63;
  static final int MID = 4;
  static final int RID = 10;
  static final int TRANSPORT_CC = 3;
  private static final int ROOM = 100;

  private final SrtpSender rtp;
  private final SrtcpSender rtcp;
  private final SrtcpReceiver rtcpReceiver;
  private int transportNumber;

  PublishingPeer(DtlsClient dtls) {
    rtp = new SrtpSender(dtls.srtpKeys(), null);
    rtcp = new SrtcpSender(dtls.srtpKeys(), null);
    rtcpReceiver = new SrtcpReceiver(dtls.srtpKeysOfServer(), null);
  }

  /**
   * A message of feedback.
   *
   * @param type what it is
   * @param bytes the message
   */
  record Message(MessageType type, byte[] bytes) {}

  /** a packet without any name */
  byte[] packet(int payloadType, int ssrc, int sequenceNumber, byte... payload) {
    return packet(payloadType, ssrc, sequenceNumber, "", "", payload);
  }

  /** a packet with the next transport-wide number, and with MID and RID unless they are empty */
  byte[] packet(
      int payloadType, int ssrc, int sequenceNumber, String mid, String rid, byte... payload) {
    byte[] packet = new byte[ROOM + payload.length];
    RtpHeader.write(packet, 0, payloadType, true, sequenceNumber, 3_000 * sequenceNumber, ssrc);
    HeaderExtensionWriter extensions = new HeaderExtensionWriter();
    extensions.begin(packet, 0, HeaderExtensionForm.ONE_BYTE);
    int number = extensions.add(TRANSPORT_CC, 2);
    packet[number] = (byte) (transportNumber >> 8);
    packet[number + 1] = (byte) transportNumber++;
    add(extensions, packet, MID, mid);
    add(extensions, packet, RID, rid);
    int header = extensions.end();
    int length =
        rtp.protect(sequenceNumber & 0xFFFF, packet, 0, header, payload, 0, payload.length);
    return Arrays.copyOf(packet, length);
  }

  private static void add(HeaderExtensionWriter extensions, byte[] packet, int id, String value) {
    if (!value.isEmpty()) {
      byte[] text = value.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, packet, extensions.add(id, text.length), text.length);
    }
  }

  byte[] control(byte[] compound) {
    byte[] packet = Arrays.copyOf(compound, compound.length + ROOM);
    return Arrays.copyOf(packet, rtcp.protect(packet, 0, compound.length));
  }

  /** the messages in datagrams that are RTCP */
  List<Message> read(List<byte[]> datagrams) {
    List<Message> messages = new ArrayList<>();
    for (byte[] datagram : datagrams) {
      int length = rtcpReceiver.unprotect(datagram, 0, datagram.length);
      CompoundReader reader = new CompoundReader();
      if (length > 0 && reader.wrap(datagram, 0, length)) {
        while (reader.next()) {
          messages.add(
              new Message(
                  reader.type(),
                  Arrays.copyOfRange(
                      datagram, reader.offset(), reader.offset() + reader.length())));
        }
      }
    }
    return messages;
  }
}
