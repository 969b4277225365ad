package dev.sluice.rtp.av1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes open bitstream units, and packs and unpacks them by the book (section 4.4). */
final class Obus {

  static final int SEQUENCE = 0x08;
  static final int DELIMITER = 0x10;
  static final int FRAME = 0x30;
  static final int METADATA = 0x28;

  static final int KEY = 0x10;
  static final int INTER = 0x30;

  private static final int Z = 0x80;
  private static final int Y = 0x40;
  private static final int N = 0x08;

  private Obus() {}

  /** an OBU without size */
  static byte[] obu(int header, int first, int length) {
    byte[] obu = new byte[length];
    new Random(length).nextBytes(obu);
    obu[0] = (byte) header;
    if (length > 1) {
      obu[1] = (byte) first;
    }
    return obu;
  }

  static byte[] sequence(int profile) {
    return obu(SEQUENCE, profile << 5, 12);
  }

  static byte[] key(int length) {
    return obu(FRAME, KEY, length);
  }

  static byte[] inter(int length) {
    return obu(FRAME, INTER, length);
  }

  static byte[] leb128(int value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int rest = value;
    do {
      int more = rest >> 7 == 0 ? 0 : 0x80;
      bytes.write(rest & 0x7F | more);
      rest >>= 7;
    } while (rest != 0);
    return bytes.toByteArray();
  }

  /** low-overhead bitstream format: each OBU with its size */
  static ByteBuffer frame(byte[]... obus) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (byte[] obu : obus) {
      int headerBytes = (obu[0] & 4) != 0 ? 2 : 1;
      frame.write(obu[0] | 2);
      frame.write(obu, 1, headerBytes - 1);
      frame.writeBytes(leb128(obu.length - headerBytes));
      frame.write(obu, headerBytes, obu.length - headerBytes);
    }
    return ByteBuffer.wrap(frame.toByteArray());
  }

  /** one payload with all of the OBUs, counted or each with its length */
  static byte[] payload(boolean counted, boolean begins, byte[]... obus) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write((counted ? obus.length << 4 : 0) | (begins ? N : 0));
    for (int i = 0; i < obus.length; i++) {
      if (!counted || i < obus.length - 1) {
        payload.writeBytes(leb128(obus[i].length));
      }
      payload.writeBytes(obus[i]);
    }
    return payload.toByteArray();
  }

  /** a temporal unit in payloads of some size at most, the OBUs cut anywhere */
  static List<Payload> pack(List<byte[]> obus, int timestamp, Random random, int most) {
    List<Payload> payloads = new ArrayList<>();
    List<byte[]> elements = new ArrayList<>();
    boolean continues = false;
    for (byte[] obu : obus) {
      int at = 0;
      while (at < obu.length) {
        int end = Math.min(obu.length, at + 1 + random.nextInt(most));
        elements.add(Arrays.copyOfRange(obu, at, end));
        at = end;
        if (at < obu.length || elements.size() == 3 || random.nextBoolean()) {
          payloads.add(packed(elements, timestamp, continues, at < obu.length, random));
          continues = at < obu.length;
          elements.clear();
        }
      }
    }
    if (!elements.isEmpty()) {
      payloads.add(packed(elements, timestamp, continues, false, random));
    }
    Payload last = payloads.remove(payloads.size() - 1);
    payloads.add(new Payload(last.bytes(), timestamp, true, false));
    return payloads;
  }

  private static Payload packed(
      List<byte[]> elements, int timestamp, boolean continues, boolean continued, Random random) {
    byte[] payload = payload(random.nextBoolean(), false, elements.toArray(byte[][]::new));
    payload[0] |= (byte) ((continues ? Z : 0) | (continued ? Y : 0));
    return new Payload(payload, timestamp, false, false);
  }

  /** the OBUs of payloads none of which is missing */
  static List<byte[]> unpack(List<byte[]> payloads) {
    List<byte[]> obus = new ArrayList<>();
    ByteArrayOutputStream open = new ByteArrayOutputStream();
    boolean continued = false;
    for (byte[] payload : payloads) {
      ByteBuffer rest = ByteBuffer.wrap(payload);
      int header = rest.get();
      int count = header >> 4 & 3;
      assertThat((header & Z) != 0).as("Z goes with the Y before").isEqualTo(continued);
      for (int i = 1; rest.hasRemaining(); i++) {
        byte[] element = new byte[i == count ? rest.remaining() : length(rest)];
        rest.get(element);
        open.writeBytes(element);
        continued = !rest.hasRemaining() && (header & Y) != 0;
        if (!continued) {
          obus.add(open.toByteArray());
          open.reset();
        }
        assertThat(count == 0 || i <= count).isTrue();
      }
    }
    assertThat(continued).isFalse();
    return obus;
  }

  private static int length(ByteBuffer from) {
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = from.get();
      length |= (next & 0x7F) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return length;
  }

  static boolean beginsSequence(byte[] payload) {
    return (payload[0] & N) != 0;
  }
}
