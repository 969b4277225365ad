package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.BigEndian;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.7. */
class AppTest {
  private static final byte[] APP =
      Bytes.hex("85 cc 0003", "11223344", "74657374", "01020304"); // subtype 5, "test"

  @Test
  void shouldReadItsFields() {
    assertThat(App.isValid(APP, 0, APP.length)).isTrue();
    assertThat(App.subtype(APP, 0)).isEqualTo(5);
    assertThat(App.ssrc(APP, 0)).isEqualTo(0x11223344);
    assertThat(App.name(APP, 0)).isEqualTo(Bytes.fourCharacters("test"));
    assertThat(App.dataOffset(0)).isEqualTo(12);
    assertThat(App.dataLength(APP.length)).isEqualTo(4);
  }

  @Test
  void shouldWriteItsFields() {
    byte[] bytes = new byte[App.length(4)];

    int length = App.write(bytes, 0, 5, 0x11223344, Bytes.fourCharacters("test"), 4);
    BigEndian.putInt(bytes, App.dataOffset(0), 0x01020304);

    assertThat(length).isEqualTo(16);
    assertThat(bytes).isEqualTo(APP);
  }

  @Test
  void shouldRefuseAMessageWithoutName() {
    assertThat(App.isValid(APP, 0, 12)).isTrue();
    assertThat(App.isValid(APP, 0, 8)).isFalse();
  }
}
