package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrickleFragmentTest {

  /** RFC 9725 section 4.3.2, figure 3. */
  private static final String TRICKLE =
      """
      a=group:BUNDLE 0 1
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      a=mid:0
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw
      a=candidate:473322822 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0
      a=end-of-candidates
      """;

  @Test
  void shouldReadTheFragmentOfTheRfc() throws SdpException {
    TrickleFragment fragment = TrickleFragment.parse(TRICKLE);

    assertThat(Objects.requireNonNull(fragment.credentials()).ufrag()).isEqualTo("EsAw");
    assertThat(Objects.requireNonNull(fragment.credentials()).pwd())
        .isEqualTo("P2uYro0UCOQ4zxjKXaWCBui1");
    assertThat(fragment.candidates())
        .containsExactly(
            "candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw",
            "candidate:473322822 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0");
    assertThat(fragment.endOfCandidates()).isTrue();
  }

  @Test
  void shouldReadAFragmentWithoutMedia() throws SdpException {
    TrickleFragment fragment =
        TrickleFragment.parse(
            "a=ice-ufrag:EsAw\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\na=candidate:1 1 udp 1 ::1 9\n");

    assertThat(Objects.requireNonNull(fragment.credentials()).ufrag()).isEqualTo("EsAw");
    assertThat(fragment.candidates()).containsExactly("candidate:1 1 udp 1 ::1 9");
    assertThat(fragment.endOfCandidates()).isFalse();
    assertThat(TrickleFragment.parse("").credentials()).isNull();
  }

  @Test
  void shouldAnswerARestartInTheFormOfTheRfc() throws SdpException {
    // RFC 9725 section 4.3.3, figure 4
    assertThat(TrickleFragment.parse(TRICKLE).answer(Locals.CREDENTIALS, List.of(Locals.CANDIDATE)))
        .isEqualTo(
            String.join(
                "\r\n",
                "a=ice-lite",
                "a=ice-options:ice2 trickle",
                "a=group:BUNDLE 0 1",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "a=mid:0",
                "a=ice-ufrag:" + Locals.CREDENTIALS.ufrag(),
                "a=ice-pwd:" + Locals.CREDENTIALS.pwd(),
                "a=" + Locals.CANDIDATE,
                "a=end-of-candidates",
                ""));
  }

  @Test
  void shouldAnswerARestartWithoutMedia() throws SdpException {
    String answer =
        TrickleFragment.parse("a=ice-ufrag:EsAw\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\n")
            .answer(Locals.CREDENTIALS, List.of(Locals.CANDIDATE));
    TrickleFragment read = TrickleFragment.parse(answer);

    assertThat(Objects.requireNonNull(read.credentials()).pwd())
        .isEqualTo(Locals.CREDENTIALS.pwd());
    assertThat(read.candidates()).containsExactly(Locals.CANDIDATE);
    assertThat(read.endOfCandidates()).isTrue();
  }

  @Test
  void shouldRefuseMalformedCredentials() {
    assertThatThrownBy(() -> TrickleFragment.parse("a=ice-ufrag:EsAw\n"))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("a=ice-pwd");
    assertThatThrownBy(() -> TrickleFragment.parse("a=ice-ufrag:EsAw\na=ice-pwd:short\n"))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("ICE credentials");
  }

  @Test
  void shouldRaiseNothingButSdpExceptionOnMutatedText() {
    Random random = new Random(8840);
    for (int i = 0; i < 5_000; i++) {
      try {
        TrickleFragment fragment = TrickleFragment.parse(Mutation.of(TRICKLE, random));
        String answer = fragment.answer(Locals.CREDENTIALS, fragment.candidates());
        assertThat(TrickleFragment.parse(answer).endOfCandidates()).isTrue();
      } catch (SdpException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
  }
}
