package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.RelayEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What builders say of values that are none. */
class BuilderChecksTest {
  private static final String SDP = "v=0\r\nm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";

  private static Stream<Object> builders() {
    return Stream.of(
        PullServer.options(), new RtspServerBuilder(null), new RtpSourceBuilder(null, "cam", SDP));
  }

  private static boolean takesObjects(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && method.getParameterCount() > 0
        && Stream.of(method.getParameterTypes()).noneMatch(Class::isPrimitive);
  }

  static Stream<Method> setters() {
    return builders()
        .flatMap(builder -> Arrays.stream(builder.getClass().getDeclaredMethods()))
        .filter(BuilderChecksTest::takesObjects)
        .filter(method -> method.getReturnType() == method.getDeclaringClass());
  }

  @ParameterizedTest
  @MethodSource("setters")
  void shouldNameAnOptionThatIsNull(Method setter) {
    Object builder =
        builders().filter(each -> each.getClass() == setter.getDeclaringClass()).findAny().get();
    Object[] none = new Object[setter.getParameterCount()];
    String option = setter.getName().equals("credentials") ? "user" : setter.getName();
    assertThatThrownBy(() -> setter.invoke(builder, none))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(option + " is null, allowed is ");
  }

  @Test
  void shouldHaveFoundTheSetters() {
    assertThat(setters()).hasSizeGreaterThan(15);
  }

  @Test
  void shouldRefuseSchemesThatAreNone() {
    assertThatThrownBy(() -> PullServer.options().authentication())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("authentication is empty, allowed is at least one scheme");
    assertThatThrownBy(() -> PullServer.options().authentication(AuthenticationScheme.BASIC, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("authentication is null, allowed is at least one scheme");
  }

  @Test
  void shouldNotStartInAnEngineThatIsClosed() {
    RelayEngine engine = RealPeers.engine();
    engine.close();
    Stream<ThrowingCallable> starts =
        Stream.of(
            () -> RtspServer.builder(engine).bind(RealPeers.loopback()),
            () -> RtspPull.builder(engine, "cam", PullServer.URL).start(),
            () -> RtpSource.builder(engine, "cam", SDP).start());
    assertThat(starts)
        .allSatisfy(
            start ->
                assertThatThrownBy(start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the engine is closed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret\r\nX: y", "secret\0", "secret\u0085"})
  void shouldNotQuoteCredentialsThatItRefuses(String text) {
    for (String[] each : new String[][] {{text, "pass"}, {"user", text}}) {
      assertThatThrownBy(() -> PullServer.options().credentials(each[0], each[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("credentials is of another form, allowed is text without control characters");
    }
  }
}
