package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StunFuzzTest {
  private static final int ROUNDS = 200_000;

  private final StunFuzz fuzz = new StunFuzz(8489);
  private final StunMessage message = new StunMessage();

  /** At the end of its array a read behind the slice would throw. */
  @Test
  void shouldNeitherThrowNorReadBehindTheSlice() {
    int parsed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] datagram = fuzz.next();
      byte[] buffer = new byte[3 + datagram.length];
      System.arraycopy(datagram, 0, buffer, 3, datagram.length);
      parsed += describe(buffer, 3, datagram.length) == null ? 0 : 1;
    }
    assertThat(parsed).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  /** What surrounds the slice must make no difference. */
  @Test
  void shouldNotDependOnWhatSurroundsTheSlice() {
    for (int i = 0; i < ROUNDS / 4; i++) {
      byte[] datagram = fuzz.next();
      byte[] buffer = new byte[datagram.length + 600];
      for (int j = 0; j < buffer.length; j++) {
        buffer[j] = (byte) fuzz.nextInt(256);
      }
      System.arraycopy(datagram, 0, buffer, 300, datagram.length);

      assertThat(describe(buffer, 300, datagram.length))
          .isEqualTo(describe(datagram, 0, datagram.length));
    }
  }

  @Test
  void shouldNotChangeTheDatagram() {
    for (int i = 0; i < ROUNDS / 4; i++) {
      byte[] datagram = fuzz.next();
      byte[] copy = datagram.clone();
      describe(datagram, 0, datagram.length);

      assertThat(Arrays.equals(datagram, copy)).isTrue();
    }
  }

  /** Reads whatever can be read; null for a message that is refused. */
  private @Nullable List<Object> describe(byte[] buffer, int offset, int length) {
    String ufrag = Stun.localUfrag(buffer, offset, length);
    if (!message.parse(buffer, offset, length)) {
      return null;
    }
    List<Object> all = new ArrayList<>();
    all.add(String.valueOf(ufrag));
    all.add(message.messageType());
    all.add(String.valueOf(message.username()));
    all.add(message.isAddressedTo("evtj"));
    all.add(message.priority());
    all.add(message.useCandidate());
    all.add(message.isControlled());
    all.add(message.isControlling());
    all.add(message.tieBreaker());
    all.add(String.valueOf(message.xorMappedAddress()));
    all.add(message.errorCode());
    for (int i = 0; i < message.unknownAttributeCount(); i++) {
      all.add(message.unknownAttribute(i));
    }
    all.add(message.hasFingerprint());
    all.add(Check.authenticator().verify(message, Check.LOCAL));
    return all;
  }
}
