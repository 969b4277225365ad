package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
  private final SecureRandom random = new SecureRandom();

  /** RFC 8445 section 5.3: at least 24 and 128 bits; each character here has 6. */
  @Test
  void shouldGenerateEnoughRandomness() {
    IceCredentials credentials = IceCredentials.generate(random);

    assertThat(6 * credentials.ufrag().length()).isGreaterThanOrEqualTo(24);
    assertThat(6 * credentials.pwd().length()).isGreaterThanOrEqualTo(128);
    assertThat(credentials.ufrag()).matches("[A-Za-z0-9+/]{4,256}");
    assertThat(credentials.pwd()).matches("[A-Za-z0-9+/]{22,256}");
  }

  @Test
  void shouldUseTheWholeAlphabetAndNeverRepeat() {
    Set<String> seen = new HashSet<>();
    Set<Integer> letters = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      IceCredentials credentials = IceCredentials.generate(random);
      assertThat(seen.add(credentials.ufrag())).isTrue();
      assertThat(seen.add(credentials.pwd())).isTrue();
      credentials.pwd().chars().forEach(letters::add);
    }
    assertThat(letters).hasSize(64);
  }

  @Test
  void shouldNotShowThePassword() {
    IceCredentials credentials = IceCredentials.generate(random);

    assertThat(credentials.toString()).contains(credentials.ufrag());
    assertThat(credentials.toString()).doesNotContain(credentials.pwd());
  }

  @Test
  void shouldRefuseWhatTheGrammarDoesNotAllow() {
    String pwd = "0123456789012345678901";

    new IceCredentials("abcd", pwd);
    new IceCredentials("a".repeat(256), "b".repeat(256));
    for (String ufrag : new String[] {"", "abc", "ab:d", "ab d", "abc\u00e9", "a".repeat(257)}) {
      assertThatThrownBy(() -> new IceCredentials(ufrag, pwd))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String bad : new String[] {"", pwd.substring(1), pwd + "=", "b".repeat(257)}) {
      assertThatThrownBy(() -> new IceCredentials("abcd", bad))
          .isInstanceOf(IllegalArgumentException.class)
          .extracting(Throwable::getMessage)
          .asString()
          .doesNotContain(pwd.substring(1));
    }
  }
}
