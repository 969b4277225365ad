package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.BigEndian;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes arrive, nothing is thrown and nothing outside of the packet is looked at. To show
 * the latter, each packet is read once in an array of its own size and once amid other bytes, which
 * must not make a difference.
 */
class CompoundFuzzTest {
  private static final int FIRST_TYPE = RtcpHeader.SR - 1;
  private static final int TYPES = 10;

  private final CompoundReader reader = new CompoundReader();
  private final Set<MessageType> seen = EnumSet.noneOf(MessageType.class);

  @Test
  void shouldSurviveRandomBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] packet = new byte[random.nextInt(64)];
      random.nextBytes(packet);
      read(random, packet);
    }
    assertThat(reader.badVersionCount()).isPositive();
    assertThat(reader.badLengthCount()).isPositive();
  }

  @Test
  void shouldSurviveRandomContentsBehindGoodHeaders() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      read(random, randomMessages(random));
    }
    assertThat(seen).containsExactlyInAnyOrder(MessageType.values());
    assertThat(reader.malformedCount()).isPositive();
    assertThat(reader.unknownCount()).isPositive();
  }

  @Test
  void shouldSurviveDamagedPackets() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      read(random, damaged(random, RandomCompound.packet(random)));
    }
    assertThat(seen).containsExactlyInAnyOrder(MessageType.values());
    assertThat(reader.badVersionCount()).isPositive();
    assertThat(reader.badLengthCount()).isPositive();
    assertThat(reader.badPaddingCount()).isPositive();
    assertThat(reader.malformedCount()).isPositive();
    assertThat(reader.unknownCount()).isPositive();
  }

  @Test
  void shouldReadWholePacketsToTheEnd() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      read(random, RandomCompound.packet(random));
    }
    assertThat(seen).containsExactlyInAnyOrder(MessageType.values());
    assertThat(reader.badVersionCount()).isZero();
    assertThat(reader.badLengthCount()).isZero();
    assertThat(reader.badPaddingCount()).isZero();
    assertThat(reader.malformedCount()).isZero();
    assertThat(reader.unknownCount()).isZero();
  }

  @Test
  void shouldValidateNoMessageThatLeavesItsSlice() {
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      byte[] contents = new byte[random.nextInt(40)];
      random.nextBytes(contents);
      byte[] surrounded = surround(random, contents, 7);
      int length = random.nextInt(contents.length + 1);
      for (MessageType type : MessageType.values()) {
        boolean alone = type.isValid(Arrays.copyOf(contents, length), 0, length);
        boolean amid = type.isValid(surrounded, 7, length);
        assertThat(amid).isEqualTo(alone);
      }
    }
  }

  private void read(Random random, byte[] packet) {
    String alone = MessageDump.of(reader, packet, 0, packet.length);
    if (reader.wrap(packet, 0, packet.length)) {
      while (reader.next()) {
        seen.add(reader.type());
      }
    }
    int at = random.nextInt(30);
    byte[] surrounded = surround(random, packet, at);
    assertThat(MessageDump.of(new CompoundReader(), surrounded, at, packet.length))
        .isEqualTo(alone);
  }

  private static byte[] surround(Random random, byte[] packet, int at) {
    byte[] surrounded = new byte[at + packet.length + 300];
    random.nextBytes(surrounded);
    System.arraycopy(packet, 0, surrounded, at, packet.length);
    return surrounded;
  }

  private static byte[] randomMessages(Random random) {
    byte[] packet = new byte[4 * (1 + random.nextInt(40))];
    random.nextBytes(packet);
    for (int at = 0; at < packet.length; ) {
      int words = 1 + random.nextInt((packet.length - at) / 4);
      int type = FIRST_TYPE + random.nextInt(TYPES);
      int count = random.nextInt(4) == 0 ? random.nextInt(32) : random.nextInt(5);
      boolean feedback = type == RtcpHeader.RTPFB || type == RtcpHeader.PSFB;
      RtcpHeader.write(packet, at, feedback && random.nextBoolean() ? 15 : count, type, 4 * words);
      if (feedback && words > 4 && random.nextBoolean()) {
        BigEndian.putInt(packet, at + 12, Bytes.fourCharacters("REMB"));
        packet[at + 16] = (byte) (words - 5);
        packet[at + 17] &= 0x3f;
      }
      if (feedback && words > 5 && random.nextBoolean()) {
        BigEndian.putShort(packet, at + 14, random.nextInt(40));
      }
      at += 4 * words;
    }
    return packet;
  }

  private static byte[] damaged(Random random, byte[] packet) {
    byte[] damaged = packet;
    if (random.nextInt(4) == 0) {
      int length = random.nextInt(packet.length + 8);
      damaged = Arrays.copyOf(packet, random.nextBoolean() ? length & ~3 : length);
    }
    for (int n = random.nextInt(5); n > 0 && damaged.length > 0; n--) {
      int at = random.nextInt(damaged.length);
      if (random.nextBoolean()) {
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      } else {
        damaged[at] = (byte) random.nextInt();
      }
    }
    return damaged;
  }
}
