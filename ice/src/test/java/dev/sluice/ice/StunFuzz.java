package dev.sluice.ice;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Damaged STUN messages from a seed. */
final class StunFuzz {
  private static final List<byte[]> VALID =
      List.of(
          HexFormat.of().parseHex(Rfc5769VectorsTest.REQUEST),
          HexFormat.of().parseHex(Rfc5769VectorsTest.IPV4_RESPONSE),
          HexFormat.of().parseHex(Rfc5769VectorsTest.IPV6_RESPONSE),
          Check.nominating(),
          Check.message(Stun.BINDING_ERROR, writer -> writer.errorCode(420, "Unknown Attribute")),
          Check.message(
              Stun.BINDING_REQUEST,
              writer ->
                  writer
                      .username("evtj", "h6vY")
                      .integrity(Check.authenticator(), Check.LOCAL)
                      .integritySha256(Check.authenticator(), Check.LOCAL)));

  private final Random random;

  StunFuzz(long seed) {
    random = new Random(seed);
  }

  int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** Noise, noise behind a right header, or a valid message cut off, bit-flipped or overwritten. */
  byte[] next() {
    switch (random.nextInt(5)) {
      case 0:
        return noise(random.nextInt(200));
      case 1:
        return noiseWithHeader();
      case 2:
        byte[] whole = valid();
        return Arrays.copyOf(whole, random.nextInt(whole.length));
      case 3:
        return flipped(valid());
      default:
        return overwritten(valid());
    }
  }

  private byte[] valid() {
    return VALID.get(random.nextInt(VALID.size())).clone();
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Passes the checks of the header, and often those of the first attributes. */
  private byte[] noiseWithHeader() {
    byte[] bytes = noise(Stun.HEADER_LENGTH + 4 * random.nextInt(40));
    BigEndian.putShort(
        bytes, 0, random.nextBoolean() ? Stun.BINDING_REQUEST : random.nextInt(0x4000));
    BigEndian.putShort(bytes, 2, bytes.length - Stun.HEADER_LENGTH);
    BigEndian.putInt(bytes, 4, Stun.MAGIC_COOKIE);
    int at = Stun.HEADER_LENGTH;
    while (at + 4 <= bytes.length) {
      int length = random.nextInt(24);
      BigEndian.putShort(bytes, at, random.nextInt(0x30) | (random.nextBoolean() ? 0 : 0x8000));
      BigEndian.putShort(bytes, at + 2, length);
      at += 4 + Stun.padded(length);
    }
    return bytes;
  }

  private byte[] flipped(byte[] bytes) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] overwritten(byte[] bytes) {
    int from = random.nextInt(bytes.length);
    for (int i = from; i < Math.min(bytes.length, from + 8); i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }
}
