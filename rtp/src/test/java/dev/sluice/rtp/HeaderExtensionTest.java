package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderExtensionTest {

  private final HeaderExtensionWriter writer = new HeaderExtensionWriter();
  private final RtpPacket packet = new RtpPacket();

  @Test
  void shouldReadTheOneByteExampleOfRfc8285Section42() {
    // elements of 1, 2 and 4 bytes with the padding of the RFC's figure
    Map<Integer, String> elements = read("bede0003" + "10aa" + "21bbbb" + "0000" + "33cccccccc");

    assertThat(elements)
        .containsExactly(Map.entry(1, "aa"), Map.entry(2, "bbbb"), Map.entry(3, "cccccccc"));
  }

  @Test
  void shouldReadTheTwoByteExampleOfRfc8285Section43() {
    Map<Integer, String> elements = read("10000003" + "0100" + "0201bb" + "00" + "0304cccccccc");

    assertThat(elements)
        .containsExactly(Map.entry(1, ""), Map.entry(2, "bb"), Map.entry(3, "cccccccc"));
  }

  @Test
  void shouldIgnoreTheAppbitsOfTheTwoByteForm() {
    assertThat(read("100f0001" + "ff02aabb")).containsExactly(Map.entry(255, "aabb"));
  }

  @Test
  void shouldSeeNoElementsInOtherProfiles() {
    assertThat(read("bedf0001" + "10aa0000")).isEmpty();
    assertThat(read("11000001" + "0102aabb")).isEmpty();
  }

  @Test
  void shouldStopAtTheReservedId15OfTheOneByteForm() {
    assertThat(read("bede0002" + "10aa" + "f0bb" + "20cc" + "0000"))
        .containsExactly(Map.entry(1, "aa"));
  }

  @Test
  void shouldTakeId15ForAnyOtherInTheTwoByteForm() {
    assertThat(read("10000001" + "0f02aabb")).containsExactly(Map.entry(15, "aabb"));
  }

  @Test
  void shouldStopAtPaddingWithALengthAsRfc8285Section412Says() {
    assertThat(read("bede0002" + "10aa" + "01bbbb" + "20cc00")).containsExactly(Map.entry(1, "aa"));
  }

  @Test
  void shouldStopAtAnElementThatDoesNotFit() {
    assertThat(read("bede0001" + "10aa" + "2fbb")).containsExactly(Map.entry(1, "aa"));
    assertThat(read("10000001" + "0100" + "02ff")).containsExactly(Map.entry(1, ""));
    assertThat(read("10000001" + "000000" + "02")).isEmpty();
  }

  @Test
  void shouldAcceptAnExtensionWithoutElements() {
    assertThat(read("bede0000")).isEmpty();
    assertThat(read("bede0001" + "00000000")).isEmpty();
  }

  @Test
  void shouldFindAnElementById() {
    wrap("bede0003" + "10aa" + "21bbbb" + "0000" + "33cccccccc");

    assertThat(packet.extensions().find(3)).isTrue();
    HeaderExtensionReader element = packet.extensions();
    assertThat(element.find(2)).isTrue();
    assertThat(element.id()).isEqualTo(2);
    assertThat(element.length()).isEqualTo(2);
    assertThat(packet.buffer().getUnsignedShort(element.offset())).isEqualTo(0xBBBB);
    assertThat(packet.extensions().find(4)).isFalse();
  }

  @Test
  void shouldForgetTheExtensionOfThePacketBefore() {
    wrap("bede0001" + "10aa0000");
    byte[] plain = header(0);
    assertThat(packet.wrap(Unpooled.wrappedBuffer(plain))).isTrue();

    assertThat(packet.extensions().next()).isFalse();
  }

  @Test
  void shouldWriteTheOneByteForm() {
    byte[] bytes = header(12);
    writer.begin(bytes, 0, HeaderExtensionForm.ONE_BYTE);
    put(bytes, writer.add(1, 1), "aa");
    put(bytes, writer.add(14, 3), "bbbbbb");

    assertThat(writer.end()).isEqualTo(24);
    assertThat(HexFormat.of().formatHex(bytes, 12, 24)).isEqualTo("bede0002" + "10aae2bbbbbb0000");
    assertThat(RtpHeader.length(bytes, 0, bytes.length)).isEqualTo(24);
  }

  @Test
  void shouldWriteTheTwoByteForm() {
    byte[] bytes = header(12);
    writer.begin(bytes, 0, HeaderExtensionForm.TWO_BYTE);
    put(bytes, writer.add(1, 1), "aa");
    writer.add(255, 0);

    assertThat(writer.end()).isEqualTo(24);
    assertThat(HexFormat.of().formatHex(bytes, 12, 24)).isEqualTo("10000002" + "0101aaff00000000");
  }

  @Test
  void shouldWriteNoExtensionWithoutElements() {
    byte[] bytes = header(4);
    bytes[0] |= 0x10;
    writer.begin(bytes, 0, HeaderExtensionForm.ONE_BYTE);

    assertThat(writer.end()).isEqualTo(12);
    assertThat(RtpHeader.length(bytes, 0, 12)).isEqualTo(12);
  }

  @Test
  void shouldRefuseWhatTheFormCannotExpress() {
    byte[] bytes = header(400);
    writer.begin(bytes, 0, HeaderExtensionForm.ONE_BYTE);
    for (int[] element : new int[][] {{0, 1}, {15, 1}, {1, 0}, {1, 17}, {-1, 1}}) {
      assertThatThrownBy(() -> writer.add(element[0], element[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ONE_BYTE");
    }
    writer.begin(bytes, 0, HeaderExtensionForm.TWO_BYTE);
    for (int[] element : new int[][] {{0, 1}, {256, 1}, {1, -1}, {1, 256}}) {
      assertThatThrownBy(() -> writer.add(element[0], element[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldReadBackWhateverItWrites() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      int offset = random.nextInt(8);
      int csrcs = random.nextInt(16);
      byte[] bytes = new byte[offset + 12 + 4 * csrcs + 1024 + 5];
      Arrays.fill(bytes, (byte) 0xFF);
      RtpHeader.write(bytes, offset, 96, false, i, i, i);
      bytes[offset] |= (byte) csrcs;
      HeaderExtensionForm form = HeaderExtensionForm.values()[random.nextInt(2)];
      Map<Integer, String> expected = new LinkedHashMap<>();

      writer.begin(bytes, offset, form);
      for (int n = random.nextInt(6); n > 0; n--) {
        int id = 1 + random.nextInt(form == HeaderExtensionForm.ONE_BYTE ? 14 : 255);
        byte[] value = new byte[random.nextInt(form == HeaderExtensionForm.ONE_BYTE ? 17 : 150)];
        if (!form.allows(id, value.length) || expected.containsKey(id)) {
          continue;
        }
        random.nextBytes(value);
        System.arraycopy(value, 0, bytes, writer.add(id, value.length), value.length);
        expected.put(id, HexFormat.of().formatHex(value));
      }
      int length = writer.end();

      assertThat(packet.wrap(Unpooled.wrappedBuffer(bytes, offset, length + 5))).isTrue();
      assertThat(packet.payloadLength()).isEqualTo(5);
      assertThat(elements()).containsExactlyEntriesOf(expected);
    }
  }

  @Test
  void shouldKeepElementsOfRandomExtensionsWithinThem() {
    Random random = new Random(6);
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = RandomPackets.next(random);
      if (!packet.wrap(Unpooled.wrappedBuffer(bytes))) {
        continue;
      }
      int position = 12 + 4 * packet.csrcCount() + 4;
      HeaderExtensionReader element = packet.extensions();
      while (element.next()) {
        found++;
        assertThat(element.offset()).isGreaterThan(position);
        position = element.offset() + element.length();
        assertThat(position).isLessThanOrEqualTo(packet.payloadOffset());
        assertThat(element.id()).isPositive();
      }
      assertThat(element.next()).isFalse();
    }
    assertThat(found).isGreaterThan(5_000);
  }

  private Map<Integer, String> read(String extension) {
    wrap(extension);
    return elements();
  }

  private void wrap(String extension) {
    byte[] value = HexFormat.of().parseHex(extension);
    byte[] bytes = header(value.length);
    bytes[0] |= 0x10;
    System.arraycopy(value, 0, bytes, 12, value.length);
    assertThat(packet.wrap(Unpooled.wrappedBuffer(bytes))).isTrue();
  }

  private Map<Integer, String> elements() {
    Map<Integer, String> elements = new LinkedHashMap<>();
    HeaderExtensionReader element = packet.extensions();
    while (element.next()) {
      elements.put(
          element.id(), ByteBufUtil.hexDump(packet.buffer(), element.offset(), element.length()));
    }
    return elements;
  }

  private static byte[] header(int more) {
    byte[] bytes = new byte[12 + more];
    RtpHeader.write(bytes, 0, 96, false, 1, 2, 3);
    return bytes;
  }

  private static void put(byte[] bytes, int offset, String value) {
    byte[] decoded = HexFormat.of().parseHex(value);
    System.arraycopy(decoded, 0, bytes, offset, decoded.length);
  }
}
