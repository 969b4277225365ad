package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.EgressOptions;
import dev.sluice.HistoryOptions;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.OptionGroup;
import dev.sluice.OptionSet;
import dev.sluice.RateOptions;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.rtsp.RtpSource;
import dev.sluice.rtsp.RtspPull;
import dev.sluice.rtsp.RtspServer;
import dev.sluice.signalling.SignallingOptions;
import dev.sluice.whep.WhepPull;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/configuration.md say what the code does. */
class ConfigurationTest {
  private static final String PAGE = "docs/configuration.md";

  private static final String SDP = "v=0\r\nm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";

  /** how a default is written that is not the value itself */
  private static final Map<String, String> IN_WORDS =
      Map.of(
          "network.eventLoops",
          "number of processors",
          "session.handshakeThreads",
          "half the processors, at least 1");

  static Stream<Arguments> groups() {
    return Stream.of(
        Arguments.of("network", NetworkOptions.DEFAULT),
        Arguments.of("egress", EgressOptions.DEFAULT),
        Arguments.of("history", HistoryOptions.DEFAULT),
        Arguments.of("retransmission", Retransmission.SHARED_HISTORY),
        Arguments.of("rate", RateOptions.DEFAULT),
        Arguments.of("media", MediaOptions.DEFAULT),
        Arguments.of("session", SessionOptions.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void shouldDocumentEveryOptionAndNoOther(String group, OptionGroup<?> defaults) {
    assertThat(rows(group).stream().map(row -> row.get(0)))
        .containsExactlyInAnyOrderElementsOf(
            options(defaults).stream().map(option -> group + "." + option.getName()).toList());
  }

  @ParameterizedTest
  @MethodSource("groups")
  void shouldDocumentDefaults(String group, OptionGroup<?> defaults) throws Exception {
    for (Method accessor : options(defaults)) {
      String option = group + "." + accessor.getName();
      String value = inDocs(accessor.getName(), accessor.invoke(defaults));
      assertThat(row(group, option).get(1))
          .as(option)
          .isEqualTo(IN_WORDS.getOrDefault(option, value));
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void shouldDocumentWhatIsAllowed(String group, OptionGroup<?> defaults) throws Exception {
    for (Method accessor : options(defaults)) {
      String option = group + "." + accessor.getName();
      Class<?> type = accessor.getReturnType();
      String allowed = row(group, option).get(2);
      if (type == boolean.class) {
        assertThat(allowed).as(option).isEqualTo("true or false");
      } else if (type.isEnum()) {
        assertThat(allowed.split(" or "))
            .as(option)
            .containsExactly(
                Stream.of(type.getEnumConstants()).map(String::valueOf).toArray(String[]::new));
      } else if (!allowed.equals("any")) {
        for (Object refused : outOfRange(type)) {
          assertThat(messageFor(with(defaults, accessor, refused)))
              .as(option)
              .startsWith(option + " is ")
              .satisfies(
                  message -> assertThat(allowedIn(option, type, message)).isEqualTo(allowed));
        }
      }
    }
  }

  @Test
  void shouldDocumentOptionSets() throws Exception {
    for (List<String> row : Documents.table(PAGE, "## Option sets")) {
      String[] option = row.get(0).split("\\.");
      if (List.of("retransmission", "rate", "history").contains(option[0])) {
        for (OptionSet set : OptionSet.values()) {
          Method group = OptionSet.class.getDeclaredMethod(option[0]);
          group.setAccessible(true);
          Object options = group.invoke(set);
          Object value = options.getClass().getMethod(option[1]).invoke(options);
          assertThat(row.get(1 + set.ordinal()))
              .as("%s of %s", row.get(0), set)
              .isEqualTo(inDocs(option[1], value));
        }
      }
    }
  }

  @Test
  void shouldDocumentSignallingOptions() {
    assertThat(Documents.table(PAGE, "## WHIP and WHEP").stream().map(row -> row.get(0)))
        .containsExactlyInAnyOrderElementsOf(setters(SignallingOptions.Builder.class).keySet());
  }

  static Stream<Arguments> builders() {
    Supplier<Object> server = () -> RtspServer.builder(null);
    Supplier<Object> pull = () -> RtspPull.builder(null, "cam", "rtsp://camera/live");
    Supplier<Object> whep = () -> WhepPull.builder(null, "cam", "https://origin/cam/whep");
    Supplier<Object> plain = () -> RtpSource.builder(null, "cam", SDP);
    return Stream.of(
        Arguments.of("## RTSP", server),
        Arguments.of("## Pulling RTSP", pull),
        Arguments.of("## Pulling WHEP", whep),
        Arguments.of("## Plain RTP", plain));
  }

  @ParameterizedTest
  @MethodSource("builders")
  void shouldDocumentOptionsOfBuilders(String section, Supplier<Object> builders) throws Exception {
    Class<?> builder = builders.get().getClass();
    Map<String, Method> setters = setters(builder);
    List<List<String>> rows = Documents.table(PAGE, section);
    assertThat(rows.stream().map(row -> row.get(0)))
        .containsExactlyInAnyOrderElementsOf(setters.keySet());
    for (List<String> row : rows) {
      String option = row.get(0);
      Class<?> type = setters.get(option).getParameterTypes()[0];
      if (type == Duration.class || row.get(2).matches("[0-9,]+ to [0-9,]+")) {
        Field field = field(builder, option);
        field.setAccessible(true);
        assertThat(row.get(1)).as(option).isEqualTo(inDocs(option, field.get(builders.get())));
        for (Object refused : outOfRange(type)) {
          Throwable cause =
              catchThrowable(() -> setters.get(option).invoke(builders.get(), refused)).getCause();
          assertThat(cause).hasMessageStartingWith(option + " is ");
          assertThat(allowedIn(option, type, cause.getMessage())).isEqualTo(row.get(2));
        }
      }
    }
  }

  /** of the builder, or of what several have in common */
  private static Field field(Class<?> builder, String option) throws NoSuchFieldException {
    try {
      return builder.getDeclaredField(option);
    } catch (NoSuchFieldException e) {
      return builder.getSuperclass().getDeclaredField(option);
    }
  }

  private static Map<String, Method> setters(Class<?> builder) {
    return Stream.of(builder.getMethods())
        .filter(method -> method.getReturnType().isAssignableFrom(builder))
        .filter(method -> method.getParameterCount() > 0)
        .collect(Collectors.toMap(Method::getName, Function.identity()));
  }

  private static List<List<String>> rows(String group) {
    return Documents.table(PAGE, "## " + group);
  }

  private static List<String> row(String group, String option) {
    return rows(group).stream().filter(row -> row.get(0).equals(option)).findFirst().orElseThrow();
  }

  private static List<Object> outOfRange(Class<?> type) {
    if (type == int.class) {
      return List.of(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == double.class) {
      return List.of(0.0, 1.01, Double.NaN);
    }
    if (type == Duration.class) {
      return List.of(Duration.ofNanos(-1), Duration.ofDays(1));
    }
    if (type == InetSocketAddress.class) {
      return List.of(InetSocketAddress.createUnresolved("host.invalid", 1));
    }
    return List.of(List.of());
  }

  /** what reads each option: whatever has a method that changes it */
  private static List<Method> options(OptionGroup<?> group) {
    return Stream.of(group.getClass().getMethods())
        .filter(method -> method.getParameterCount() == 0 && wither(method).isPresent())
        .toList();
  }

  private static Optional<Method> wither(Method accessor) {
    String name = accessor.getName();
    String changes = "with" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return Stream.of(accessor.getDeclaringClass().getMethods())
        .filter(method -> method.getName().equals(changes))
        .findFirst();
  }

  private static OptionGroup<?> with(OptionGroup<?> defaults, Method accessor, Object value)
      throws Exception {
    Method wither = wither(accessor).orElseThrow();
    Class<?> type = wither.getParameterTypes()[0];
    Object argument = type.isArray() ? Array.newInstance(type.getComponentType(), 0) : value;
    return (OptionGroup<?>) wither.invoke(defaults, argument);
  }

  private static String messageFor(OptionGroup<?> options) {
    RelayEngineBuilder builder = RelayEngine.builder();
    if (options instanceof NetworkOptions network) {
      builder.network(network);
    } else if (options instanceof EgressOptions egress) {
      builder.egress(egress);
    } else if (options instanceof HistoryOptions history) {
      builder.history(history);
    } else if (options instanceof Retransmission retransmission) {
      builder.retransmission(retransmission);
    } else if (options instanceof RateOptions rate) {
      builder.rate(rate);
    } else if (options instanceof MediaOptions media) {
      builder.media(media);
    } else {
      builder.session((SessionOptions) options);
    }
    return catchThrowableOfType(IllegalArgumentException.class, builder::build).getMessage();
  }

  /** what a message says is allowed, as the page writes it */
  private static String allowedIn(String option, Class<?> type, String message) {
    String allowed = message.substring(message.indexOf("allowed is ") + "allowed is ".length());
    if (type != int.class && type != Duration.class) {
      return allowed;
    }
    return Stream.of(allowed.split(" to "))
        .map(bound -> type == int.class ? Integer.parseInt(bound) : Duration.parse(bound))
        .map(bound -> inDocs(option, bound))
        .collect(Collectors.joining(" to "));
  }

  private static String inDocs(String name, Object value) {
    if (value == null || (value instanceof Collection<?> all && all.isEmpty())) {
      return "none";
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    if (value instanceof InetSocketAddress address) {
      return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
    if (value instanceof Duration time) {
      return inDocs(time);
    }
    if (value instanceof Integer number) {
      boolean mebi = number % (1 << 20) == 0;
      return !name.endsWith("Bytes")
          ? String.format(Locale.ROOT, "%,d", number)
          : mebi ? (number >> 20) + " MiB" : (number >> 10) + " KiB";
    }
    return value.toString();
  }

  private static String inDocs(Duration time) {
    long millis = time.toMillis();
    if (millis == 0) {
      return "0";
    }
    if (millis % 1_000 != 0) {
      return millis + " ms";
    }
    return millis > 60_000 && millis % 60_000 == 0
        ? millis / 60_000 + " min"
        : millis / 1_000 + " s";
  }
}
