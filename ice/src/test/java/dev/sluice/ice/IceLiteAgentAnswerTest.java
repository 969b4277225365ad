package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Answers byte by byte. The expected bytes were computed apart from this code, with the credentials
 * and the transaction id of RFC 5769.
 */
class IceLiteAgentAnswerTest {
  private final AgentFixture fixture = new AgentFixture();
  private final IceLiteAgent<InetSocketAddress> agent = fixture.agent;

  @Test
  void shouldAnswerACheckWithTheAddressItCameFrom() {
    assertAnswer(
        Check.plain(),
        Addresses.A,
        "0101002c2112a442b7e7a701bc34d686fa87dfae",
        "002000080001a147e112a643",
        "0008001474c9371ebf3148548518699c3e3174c20dd9e68a",
        "80280004fae4043a");
    assertAnswer(
        Check.plain(),
        Addresses.C,
        "010100382112a442b7e7a701bc34d686fa87dfae",
        "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9",
        "00080014ee33a0555319eec10ad5fbfdf8733d196e552b3c",
        "802800045ded7186");
  }

  @Test
  void shouldAnswerWithTheKindOfIntegrityOfTheRequest() {
    byte[] request =
        Check.message(
            Stun.BINDING_REQUEST,
            writer ->
                writer
                    .username("evtj", "h6vY")
                    .integrity(Check.authenticator(), Check.LOCAL)
                    .integritySha256(Check.authenticator(), Check.LOCAL)
                    .fingerprint());

    assertAnswer(
        request,
        Addresses.A,
        "010100382112a442b7e7a701bc34d686fa87dfae",
        "002000080001a147e112a643",
        "001c0020c1893a5da57c1a33bb3ab6587d1ef4b18daf3a177fb7c7612df103d4574e37ad",
        "8028000424b93853");
  }

  @Test
  void shouldAnswer400WithoutIntegrityWhereAuthenticationIsMissing() {
    byte[] bare = Check.message(Stun.BINDING_REQUEST, writer -> {});
    byte[] noIntegrity =
        Check.message(Stun.BINDING_REQUEST, writer -> writer.username("evtj", "h6vY"));
    byte[] noUsername =
        Check.message(Stun.BINDING_REQUEST, w -> w.integrity(Check.authenticator(), Check.LOCAL));

    for (byte[] request : new byte[][] {bare, noIntegrity, noUsername}) {
      assertAnswer(
          request,
          Addresses.A,
          "0111001c2112a442b7e7a701bc34d686fa87dfae",
          "0009000f00000400426164205265717565737400",
          "8028000479479e54");
    }
    assertThat(fixture.count(IceCounter.BAD_REQUESTS)).isEqualTo(3);
    assertUntouched();
  }

  @Test
  void shouldAnswer401WithoutIntegrityWhereAuthenticationIsWrong() {
    IceCredentials otherUfrag = new IceCredentials("evtk", Check.LOCAL.pwd());
    IceCredentials otherPwd = new IceCredentials("evtj", "VOkJxbRl1RmTxUk/WvJxBu");

    for (IceCredentials wrong : new IceCredentials[] {otherUfrag, otherPwd}) {
      assertAnswer(
          Check.request(wrong, Check.HIGH, true),
          Addresses.A,
          "011100202112a442b7e7a701bc34d686fa87dfae",
          "0009001300000401556e61757468656e7469636174656400",
          "80280004c472ad1c");
    }
    assertThat(fixture.count(IceCounter.AUTH_FAILURES)).isEqualTo(2);
    assertUntouched();
  }

  @Test
  void shouldAnswer420WithTheAttributesItDoesNotKnow() {
    byte[] request =
        Check.request(
            Check.LOCAL,
            w -> w.attribute(0x0003, new byte[4]).attribute(0x7FFE, new byte[0]).useCandidate());

    assertAnswer(
        request,
        Addresses.A,
        "011100442112a442b7e7a701bc34d686fa87dfae",
        "0009001500000414556e6b6e6f776e20417474726962757465000000",
        "000a000400037ffe",
        "0008001448aadce1eb726a2a818d16db0f4debe67821d774",
        "80280004511af4cf");
    assertThat(fixture.count(IceCounter.UNKNOWN_ATTRIBUTES)).isEqualTo(1);
    assertUntouched();
  }

  @Test
  void shouldAnswer487ToAControlledPeer() {
    assertAnswer(
        Check.request(Check.LOCAL, writer -> writer.controlled(0).useCandidate()),
        Addresses.A,
        "011100382112a442b7e7a701bc34d686fa87dfae",
        "0009001100000457526f6c6520436f6e666c696374000000",
        "00080014311281211954e91b36277b009303cc0fb479f995",
        "80280004b6d2d64f");
    assertThat(fixture.count(IceCounter.ROLE_CONFLICTS)).isEqualTo(1);
    assertUntouched();
  }

  @Test
  void shouldAuthenticateBeforeItTellsWhatItDoesNotKnow() {
    byte[] request =
        Check.message(
            Stun.BINDING_REQUEST,
            writer -> writer.username("evtj", "h6vY").attribute(0x7FFE, new byte[0]).fingerprint());

    assertThat(errorCode(fixture.handle(request, Addresses.A))).isEqualTo(400);
  }

  @Test
  void shouldIgnoreUnknownComprehensionOptionalAttributes() {
    byte[] request =
        Check.request(
            Check.LOCAL,
            writer ->
                writer.priority(1).attribute(0xC057, new byte[4]).attribute(0xFFFF, new byte[9]));

    assertThat(errorCode(fixture.handle(request, Addresses.A))).isZero();
    assertThat(agent.knows(Addresses.A)).isTrue();
  }

  @Test
  void shouldAnswerACheckWithoutPriorityRoleAndFingerprint() {
    byte[] request =
        Check.message(
            Stun.BINDING_REQUEST,
            w -> w.username("evtj", "h6vY").integrity(Check.authenticator(), Check.LOCAL));

    assertThat(errorCode(fixture.handle(request, Addresses.A))).isZero();
  }

  @Test
  void shouldFitTheLongestAnswerIntoTheSizeItAsksFor() {
    byte[] request =
        Check.message(
            Stun.BINDING_REQUEST,
            writer -> {
              writer.username("evtj", "h6vY");
              for (int type = 0x7000; type < 0x7040; type++) {
                writer.attribute(type, new byte[0]);
              }
              writer.integritySha256(Check.authenticator(), Check.LOCAL).fingerprint();
            });

    assertThat(fixture.handle(request, Addresses.C)).hasSize(BindingResponder.MAX_RESPONSE_LENGTH);
  }

  @Test
  void shouldAcceptIndicationsAndIgnoreResponsesAndOtherMethods() {
    byte[] indication = Check.message(Stun.BINDING_INDICATION, StunWriter::fingerprint);
    byte[] allocate = Check.message(0x0003, StunWriter::fingerprint);
    byte[] success = HexFormat.of().parseHex(Rfc5769VectorsTest.IPV4_RESPONSE);
    byte[] error = Check.message(Stun.BINDING_ERROR, writer -> writer.errorCode(401, "no"));

    for (byte[] message : new byte[][] {indication, allocate, success, error}) {
      assertThat(fixture.handle(message, Addresses.A)).isEmpty();
    }
    assertThat(fixture.count(IceCounter.INDICATIONS)).isEqualTo(1);
    assertThat(fixture.count(IceCounter.UNSUPPORTED)).isEqualTo(1);
    assertThat(fixture.count(IceCounter.RESPONSES)).isEqualTo(2);
    assertThat(fixture.count(IceCounter.REQUESTS)).isZero();
    assertUntouched();
  }

  @Test
  void shouldDropMalformedDatagrams() {
    byte[] wrongFingerprint = Check.plain();
    wrongFingerprint[wrongFingerprint.length - 1]++;

    assertThat(fixture.handle(wrongFingerprint, Addresses.A)).isEmpty();
    assertThat(fixture.handle(new byte[0], Addresses.A)).isEmpty();
    assertThat(fixture.count(IceCounter.MALFORMED)).isEqualTo(2);
    assertUntouched();
  }

  @Test
  void shouldRefuseMisuse() {
    byte[] request = Check.plain();
    byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];
    Random random = new Random();

    assertThatThrownBy(
            () ->
                agent.handle(
                    0,
                    request,
                    0,
                    request.length,
                    Addresses.A,
                    Addresses.A,
                    new byte[IceLiteAgent.MAX_MESSAGE_LENGTH - 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> agent.handle(0, request, 1, request.length, Addresses.A, Addresses.A, out))
        .isInstanceOf(IndexOutOfBoundsException.class);
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("a.invalid", 1);
    assertThatThrownBy(
            () -> agent.handle(0, request, 0, request.length, unresolved, unresolved, out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IceContext(0, 1, random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IceContext(1, 0, random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertAnswer(byte[] request, InetSocketAddress remote, String... expected) {
    assertThat(HexFormat.of().formatHex(fixture.handle(request, remote)))
        .isEqualTo(String.join("", expected));
  }

  private static int errorCode(byte[] response) {
    StunMessage message = new StunMessage();
    assertThat(message.parse(response, 0, response.length)).isTrue();
    return message.errorCode();
  }

  private void assertUntouched() {
    assertThat(agent.knows(Addresses.A)).isFalse();
    assertThat(agent.selected()).isNull();
    assertThat(agent.nextTimeout()).isEqualTo(AgentFixture.CONNECT_TIMEOUT);
    assertThat(fixture.listener.take()).isEmpty();
    assertThat(fixture.count(IceCounter.PAIRS_LEARNED)).isZero();
  }
}
