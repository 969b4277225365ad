package dev.sluice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of core: which may use which. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sluice");

  /** each package of core with the packages of the project that it may use */
  private static final Map<String, String> ROOMS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("", "check codec spi srtp rtp"),
              Map.entry("check", ""),
              Map.entry("codec", "rtp sdp"),
              Map.entry("spi", "codec"),
              Map.entry("sdp", "ice srtp"),
              Map.entry("log", "loop rtp"),
              Map.entry("loop", "rtcp"),
              Map.entry("stream", "- check codec jfr log loop rate rtp rtcp sdp spi"),
              Map.entry("fanout", "- log loop rate rtp srtp stream"),
              Map.entry("jfr", "-"),
              Map.entry("metrics", "-"),
              Map.entry("rate", "rtcp rtp"),
              Map.entry("receive", "- rtcp rtp"),
              Map.entry(
                  "webrtc",
                  "- codec fanout ice jfr log loop rate receive rtcp rtp sdp srtp stream"),
              Map.entry("pull", "- check spi"),
              Map.entry("rehearsal", "- codec"),
              Map.entry("rtsp", "- check codec loop pull receive rtcp rtp sdp spi"),
              Map.entry("signalling", "- ice loop sdp"),
              Map.entry("whep", "- check loop pull signalling spi"),
              Map.entry("whip", "- signalling"),
              Map.entry(
                  "engine",
                  "- codec fanout ice jfr loop log receive rehearsal sdp spi srtp stream webrtc")));

  static Stream<String> rooms() {
    return ROOMS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldUseOnlyWhatItsRowAllows(String room) {
    String[] allowed = ROOMS.get(room).split(" ");
    classes()
        .that(describe("are in " + room, type -> room(type).equals(room)))
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are in " + Arrays.toString(allowed),
                type ->
                    !type.getPackageName().startsWith("dev.sluice")
                        || room(type).equals(room)
                        || Arrays.asList(allowed)
                            .contains(room(type).isEmpty() ? "-" : room(type))))
        .check(CLASSES);
  }

  @Test
  void shouldGiveEveryPackageARow() {
    assertThat(CLASSES.stream().filter(type -> isOfCore(type)).map(RoomsTest::room).distinct())
        .containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
  }

  @Test
  void shouldHaveNoCycles() {
    slices().matching("dev.sluice.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static boolean isOfCore(JavaClass type) {
    return !Stream.of("rtp", "rtcp", "ice", "srtp").anyMatch(room(type)::equals);
  }

  /** the first name below dev.sluice, empty for what a host sees */
  private static String room(JavaClass type) {
    String below = type.getPackageName().replaceFirst("^dev\\.sluice\\.?", "");
    return below.split("\\.")[0];
  }
}
