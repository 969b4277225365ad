package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StunTest {
  @Test
  void shouldTakeFirstBytes0To3AsStun() {
    for (int value = 0; value < 256; value++) {
      assertThat(Stun.isStun((byte) value)).as("first byte %d", value).isEqualTo(value <= 3);
    }
  }

  @Test
  void shouldPeekTheUfragBehindOtherAttributes() {
    byte[] request = Check.request(Check.LOCAL, writer -> {});
    byte[] shifted =
        Check.message(
            Stun.BINDING_REQUEST,
            writer -> writer.software("odd").priority(1).username("abcdefgh", "remote"));

    assertThat(Stun.localUfrag(request, 0, request.length)).isEqualTo("evtj");
    assertThat(Stun.localUfrag(shifted, 0, shifted.length)).isEqualTo("abcdefgh");
  }

  @Test
  void shouldPeekTheFirstOfTwoUsernames() {
    byte[] request =
        Check.message(
            Stun.BINDING_REQUEST, writer -> writer.username("first", "x").username("second", "x"));

    assertThat(Stun.localUfrag(request, 0, request.length)).isEqualTo("first");
  }

  @Test
  void shouldPeekWithinASlice() {
    byte[] request = Check.plain();
    byte[] surrounded = new byte[request.length + 20];
    System.arraycopy(request, 0, surrounded, 7, request.length);

    assertThat(Stun.localUfrag(surrounded, 7, request.length)).isEqualTo("evtj");
  }

  @Test
  void shouldPeekNothingInOtherMessages() {
    byte[] response = Check.message(Stun.BINDING_SUCCESS, writer -> writer.username("evtj", "x"));
    byte[] noUsername = Check.message(Stun.BINDING_REQUEST, writer -> writer.priority(1));
    byte[] noColon =
        Check.message(
            Stun.BINDING_REQUEST, writer -> writer.attribute(StunAttribute.USERNAME, new byte[9]));
    byte[] unprotected =
        Check.message(
            Stun.BINDING_REQUEST,
            writer -> writer.integrity(Check.authenticator(), Check.LOCAL).username("evtj", "x"));
    byte[] wrongCookie = Check.plain();
    wrongCookie[4]++;

    for (byte[] other : new byte[][] {response, noUsername, noColon, unprotected, wrongCookie}) {
      assertThat(Stun.localUfrag(other, 0, other.length)).isNull();
    }
  }

  @Test
  void shouldPeekNothingInTruncatedRequests() {
    byte[] request = Check.plain();
    int endOfUsername = Stun.HEADER_LENGTH + 4 + "evtj:h6vY".length();
    for (int length = 0; length < endOfUsername; length++) {
      byte[] truncated = Arrays.copyOf(request, length);
      assertThat(Stun.localUfrag(truncated, 0, length)).as("%d bytes", length).isNull();
    }
  }

  @Test
  void shouldRefuseASliceOutsideOfTheArray() {
    assertThatThrownBy(() -> Stun.localUfrag(new byte[20], 1, 20))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
