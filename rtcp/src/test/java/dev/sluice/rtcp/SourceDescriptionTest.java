package dev.sluice.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.5. */
class SourceDescriptionTest {
  private static final byte[] TWO_CHUNKS =
      Bytes.hex(
          "82 ca 0008",
          "11223344",
          "01 05 68656c6c6f", // CNAME "hello"
          "06 02 6869", // TOOL "hi"
          "00", // end of items, and the boundary
          "55667788",
          "01 00", // an empty CNAME
          "08 04 03 782d79 00", // PRIV, prefix "x-y", then the end of items
          "000000");

  @Test
  void shouldReadEachItemOfEachChunk() {
    assertThat(isValid(TWO_CHUNKS)).isTrue();
    assertThat(items(TWO_CHUNKS))
        .containsExactly("11223344 1 hello", "11223344 6 hi", "55667788 1 ", "55667788 8 \3x-y");
  }

  @Test
  void shouldWriteAChunkThatEndsInZerosUpToTheBoundary() {
    assertThat(written("abcde")).isEqualTo(Bytes.hex("81ca0003 11223344 0105 6162636465 00"));
    assertThat(written("abcdef"))
        .isEqualTo(Bytes.hex("81ca0004 11223344 0106 616263646566 00000000"));
    assertThat(written("abcdefg"))
        .isEqualTo(Bytes.hex("81ca0004 11223344 0107 61626364656667 000000"));
    assertThat(written("abcdefgh"))
        .isEqualTo(Bytes.hex("81ca0004 11223344 0108 6162636465666768 0000"));
  }

  @Test
  void shouldAppendChunks() {
    byte[] bytes = new byte[100];
    SourceDescription.write(bytes, 3, 1, SourceDescription.CNAME, "first".getBytes(UTF_8));

    int length = SourceDescription.append(bytes, 3, 2, SourceDescription.TOOL, new byte[0]);

    byte[] message = Bytes.copyOf(bytes, 3, length);
    assertThat(isValid(message)).isTrue();
    assertThat(items(message)).containsExactly("1 1 first", "2 6 ");
  }

  @Test
  void shouldRefuseToWriteMoreThanFits() {
    byte[] bytes = new byte[1_000];
    SourceDescription.write(bytes, 0, 1, SourceDescription.CNAME, new byte[0]);
    for (int i = 1; i < 31; i++) {
      SourceDescription.append(bytes, 0, 1, SourceDescription.CNAME, new byte[0]);
    }

    assertThatThrownBy(
            () -> SourceDescription.append(bytes, 0, 1, SourceDescription.CNAME, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> SourceDescription.write(bytes, 0, 1, SourceDescription.CNAME, new byte[256]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldAcceptNoChunkAndAnEmptyChunk() {
    assertThat(isValid(Bytes.hex("80ca0000"))).isTrue();
    assertThat(isValid(Bytes.hex("81ca0002 11223344 00000000"))).isTrue();
  }

  @Test
  void shouldRefuseChunksThatDoNotAddUpToTheMessage() {
    assertThat(isValid(Bytes.hex("81ca0000"))).as("no chunk at all").isFalse();
    assertThat(isValid(Bytes.hex("81ca0001 11223344"))).as("no end of items").isFalse();
    assertThat(isValid(Bytes.hex("81ca0002 11223344 0102 6162"))).as("no end of items").isFalse();
    assertThat(isValid(Bytes.hex("81ca0002 11223344 0103 6162"))).as("item too long").isFalse();
    assertThat(isValid(Bytes.hex("81ca0002 11223344 0101 61 01"))).as("no item length").isFalse();
    assertThat(isValid(Bytes.hex("80ca0001 00000000"))).as("a chunk too many").isFalse();
    assertThat(isValid(Bytes.hex("82ca0002 11223344 00000000"))).as("a chunk too few").isFalse();
  }

  @Test
  void shouldReadBackWhatItWrote() {
    Random random = new Random(6_5);
    for (int i = 0; i < 2_000; i++) {
      byte[] text = new byte[random.nextInt(256)];
      random.nextBytes(text);
      int type = 1 + random.nextInt(255);
      int ssrc = random.nextInt();
      byte[] bytes = new byte[SourceDescription.length(text.length)];
      random.nextBytes(bytes);

      int length = SourceDescription.write(bytes, 0, ssrc, type, text);

      assertThat(length).isEqualTo(bytes.length);
      assertThat(isValid(bytes)).isTrue();
      SourceDescription.forEachItem(
          bytes,
          0,
          length,
          (itemSsrc, itemType, textOffset, textLength) -> {
            assertThat(itemSsrc).isEqualTo(ssrc);
            assertThat(itemType).isEqualTo(type);
            assertThat(Bytes.copyOf(bytes, textOffset, textLength)).isEqualTo(text);
          });
    }
  }

  private static byte[] written(String cname) {
    byte[] text = cname.getBytes(UTF_8);
    byte[] bytes = new byte[SourceDescription.length(text.length)];
    Arrays.fill(bytes, (byte) 0xff);
    SourceDescription.write(bytes, 0, 0x11223344, SourceDescription.CNAME, text);
    return bytes;
  }

  private static boolean isValid(byte[] message) {
    return SourceDescription.isValid(message, 0, message.length);
  }

  private static List<String> items(byte[] message) {
    List<String> items = new ArrayList<>();
    SourceDescription.forEachItem(
        message,
        0,
        message.length,
        (ssrc, itemType, textOffset, textLength) ->
            items.add(
                Integer.toHexString(ssrc)
                    + " "
                    + itemType
                    + " "
                    + new String(message, textOffset, textLength, UTF_8)));
    return items;
  }
}
