package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedPayloadTest {
  private final RedPayload red = new RedPayload();

  @Test
  void shouldFindBlocksOldestFirst() {
    // RFC 2198, section 4: two redundant blocks and the primary one
    ByteBuf payload = bytes("EF1E0002 EF0F0001 6F 1111 22 333333");
    assertThat(red.wrap(payload, 0, payload.readableBytes())).isTrue();
    assertThat(red.count()).isEqualTo(3);
    assertThat(red.payloadType(0)).isEqualTo(111);
    assertThat(red.timestampOffset(0)).isEqualTo(1_920);
    assertThat(red.timestampOffset(1)).isEqualTo(960);
    assertThat(block(payload, 0)).isEqualTo("1111");
    assertThat(block(payload, 1)).isEqualTo("22");
    assertThat(block(payload, 2)).isEqualTo("333333");
  }

  @Test
  void shouldTakeAPrimaryBlockAlone() {
    ByteBuf payload = bytes("6F 4444");
    assertThat(red.wrap(payload, 0, 3)).isTrue();
    assertThat(red.count()).isEqualTo(1);
    assertThat(block(payload, 0)).isEqualTo("4444");
  }

  @Test
  void shouldRefuseWhatIsCutOff() {
    for (String text : new String[] {"", "EF", "EF1E00", "EF1E0002", "EF1E0002 6F 11"}) {
      ByteBuf payload = bytes(text);
      assertThat(red.wrap(payload, 0, payload.readableBytes())).as(text).isFalse();
    }
  }

  @Test
  void shouldRefuseTooManyBlocks() {
    ByteBuf payload = bytes("EF000400".repeat(RedPayload.MAX_BLOCKS) + "6F");
    assertThat(red.wrap(payload, 0, payload.readableBytes())).isFalse();
  }

  @Test
  void shouldStayWithinThePayloadWhateverItHolds() {
    Random random = new Random(2198);
    for (int i = 0; i < 100_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      if (random.nextBoolean() && noise.length > 4) {
        noise[2] = 0;
        noise[3] = (byte) random.nextInt(8);
        noise[4] &= 0x7F;
      }
      ByteBuf payload = Unpooled.wrappedBuffer(noise);
      if (red.wrap(payload, 0, noise.length)) {
        for (int block = 0; block < red.count(); block++) {
          assertThat(red.length(block)).isNotNegative();
          assertThat(red.offset(block) + red.length(block)).isBetween(1, noise.length);
        }
      }
    }
  }

  private String block(ByteBuf payload, int block) {
    return ByteBufUtil.hexDump(payload, red.offset(block), red.length(block));
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
  }
}
