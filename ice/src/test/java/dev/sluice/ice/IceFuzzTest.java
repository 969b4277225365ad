package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, authentic or not, nothing is thrown. */
class IceFuzzTest {
  private static final int LONGEST_VALUE = 63;
  private static final int PORTS = 40;

  static Stream<byte[]> messages() {
    return Stream.of(
        HexFormat.of().parseHex(Rfc5769VectorsTest.REQUEST),
        HexFormat.of().parseHex(Rfc5769VectorsTest.IPV4_RESPONSE),
        HexFormat.of().parseHex(Rfc5769VectorsTest.IPV6_RESPONSE),
        Check.nominating(),
        Check.message(Stun.BINDING_ERROR, writer -> writer.errorCode(420, "Unknown Attribute")));
  }

  @MethodSource("messages")
  @FuzzTest
  void shouldReadAnyMessage(byte @NotNull [] bytes) {
    StunMessage message = new StunMessage();
    if (!message.parse(bytes, 0, bytes.length)) {
      return;
    }
    message.username();
    message.priority();
    message.tieBreaker();
    message.xorMappedAddress();
    message.errorCode();
    for (int i = 0; i < message.unknownAttributeCount(); i++) {
      message.unknownAttribute(i);
    }
    Check.authenticator().verify(message, Check.LOCAL);
  }

  static Stream<byte[]> unauthenticMessages() {
    return messages().filter(message -> !isAuthentic(message));
  }

  @MethodSource("unauthenticMessages")
  @FuzzTest
  void shouldChangeNothingForADatagramOfStrangers(byte @NotNull [] bytes) {
    AgentFixture fixture = new AgentFixture();
    fixture.handle(Check.nominating(), Addresses.A);

    fixture.handle(bytes, Addresses.B);

    assertThat(fixture.agent.selected()).isEqualTo(Addresses.A);
    assertThat(fixture.agent.knows(Addresses.B) && !isAuthentic(bytes)).isFalse();
  }

  @MethodSource("messages")
  @FuzzTest
  void shouldBelieveNothingThatDoesNotAnswerItsCheck(byte @NotNull [] bytes) {
    FullAgentFixture fixture = new FullAgentFixture(Addresses.A);
    fixture.connect(Addresses.A);
    fixture.handle(bytes, Addresses.A);
    fixture.handle(bytes, Addresses.B);
    fixture.now += AgentFixture.SECOND;
    fixture.agent.handleTimeout(fixture.now);

    assertThat(fixture.agent.selected()).isEqualTo(Addresses.A);
    assertThat(fixture.agent.isProved(Addresses.B)).isFalse();
    assertThat(fixture.agent.knows(Addresses.B) && !isAuthentic(bytes)).isFalse();
  }

  private static boolean isAuthentic(byte[] bytes) {
    StunMessage message = new StunMessage();
    return message.parse(bytes, 0, bytes.length)
        && Check.authenticator().verify(message, Check.LOCAL);
  }

  static Stream<byte[]> checks() {
    return Stream.of(
            "00240004000000010000" + "0025000000000000",
            "0024000400000001802900080000000000000001002500000000",
            "802a0008ffffffffffffffff002400047fffffff7777000412345678")
        .map(HexFormat.of()::parseHex);
  }

  /** attributes of authentic checks: each one's type, length and value; type 0 ends a check */
  @MethodSource("checks")
  @FuzzTest
  void shouldBearAnythingThatAPeerOfOursChecks(byte @NotNull [] bytes) {
    AgentFixture fixture = new AgentFixture();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int i = 0; in.remaining() >= 4; i++) {
      byte[] check = Check.request(Check.LOCAL, writer -> addAttributes(writer, in));
      fixture.handle(check, Addresses.socket("192.0.2.1", 1 + i % PORTS));
      fixture.now += AgentFixture.SECOND;
      fixture.agent.handleTimeout(fixture.now);
    }
  }

  @MethodSource("checks")
  @FuzzTest
  void shouldBearAnythingThatAPeerThatItCallsChecks(byte @NotNull [] bytes) {
    FullAgentFixture fixture = new FullAgentFixture(Addresses.A);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int i = 0; in.remaining() >= 4; i++) {
      byte[] check = Check.request(Check.LOCAL, writer -> addAttributes(writer, in));
      fixture.handle(check, Addresses.socket("192.0.2.1", 1 + i % PORTS));
      fixture.agent.writeCheck(fixture.now, new byte[IceAgent.MAX_MESSAGE_LENGTH]);
      fixture.now += AgentFixture.SECOND;
      fixture.agent.handleTimeout(fixture.now);
    }
  }

  private static void addAttributes(StunWriter writer, ByteBuffer in) {
    while (in.remaining() >= 4 && writer.length() < 1_000) {
      int type = in.getShort() & 0xFFFF;
      byte[] value = new byte[Math.min(in.getShort() & LONGEST_VALUE, in.remaining())];
      in.get(value);
      if (type == 0) {
        return;
      }
      writer.attribute(type, value);
    }
  }

  static Stream<byte[]> addresses() {
    return Stream.of(
            "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "fe80::1%eth0", "1:2::7.8.9.10")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("addresses")
  @FuzzTest
  void shouldReadAnyAddress(byte @NotNull [] bytes) {
    IpLiteral.parse(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  static Stream<byte[]> candidates() {
    return Stream.of(
            "candidate:1 1 udp 2130706431 192.0.2.1 8189 typ host",
            "candidate:2 1 UDP 1694498815 2001:db8::1 1 typ srflx raddr ::1 rport 8998")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("candidates")
  @FuzzTest
  void shouldReadAnyCandidate(byte @NotNull [] bytes) {
    RemoteCandidate.parse(new String(bytes, StandardCharsets.ISO_8859_1));
  }
}
