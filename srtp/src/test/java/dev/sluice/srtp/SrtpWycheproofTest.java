package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.BigEndian;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's vectors for what protects packets. */
class SrtpWycheproofTest {
  private static final int WORD = 4;

  private static byte[] concatenate(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void shouldEncryptAndDecryptLikeOthers() {
    List<VectorFiles.Vector> vectors =
        VectorFiles.wycheproof("aes_gcm").stream()
            .filter(vector -> vector.number("ivSize") == 96 && vector.number("keySize") != 192)
            .toList();
    assertThat(vectors).hasSizeGreaterThan(80);
    for (VectorFiles.Vector vector : vectors) {
      SessionKeys keys = new SessionKeys(vector.hex("key"), new byte[0], vector.hex("iv"));
      SrtpTransform transform = new GcmTransform(keys, 0, null);
      byte[] header = vector.hex("aad");
      byte[] plain = vector.hex("msg");
      byte[] sealed = concatenate(header, concatenate(vector.hex("ct"), vector.hex("tag")));
      boolean valid = vector.result().equals("valid");
      if (valid) {
        byte[] packet = Arrays.copyOf(header, sealed.length);
        transform.protect(0, 0, 0, packet, 0, header.length, plain, 0, plain.length);
        assertThat(packet).as(vector.toString()).isEqualTo(sealed);
      }

      boolean opened = transform.unprotect(0, 0, 0, sealed, 0, sealed.length, header.length);

      assertThat(opened).as(vector.toString()).isEqualTo(valid);
      if (opened) {
        assertThat(Arrays.copyOf(sealed, header.length + plain.length))
            .isEqualTo(concatenate(header, plain));
      }
    }
  }

  /** The last four bytes of a message stand for the roll-over counter. */
  @Test
  void shouldAuthenticateLikeOthers() {
    int tests = 0;
    for (VectorFiles.Vector vector : VectorFiles.wycheproof("hmac_sha1")) {
      byte[] message = vector.hex("msg");
      byte[] tag = vector.hex("tag");
      if (message.length < WORD) {
        continue;
      }
      tests++;
      SessionKeys keys = new SessionKeys(new byte[16], vector.hex("key"), new byte[14]);
      SrtpTransform transform = new CounterModeTransform(keys, tag.length, 0, null);
      int length = message.length - WORD;
      int word = BigEndian.getInt(message, length);
      byte[] packet = concatenate(Arrays.copyOf(message, length), tag);

      assertThat(transform.unprotect(0, 0, word, packet, 0, packet.length, length))
          .as(vector.toString())
          .isEqualTo(vector.result().equals("valid"));
      if (vector.result().equals("valid")) {
        byte[] own = Arrays.copyOf(message, packet.length + WORD);
        transform.protect(0, 0, word, own, 0, length, new byte[0], 0, 0);
        assertThat(Arrays.copyOf(own, packet.length)).as(vector.toString()).isEqualTo(packet);
      }
    }
    assertThat(tests).isGreaterThan(100);
  }
}
