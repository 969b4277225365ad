package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What viewers see who join at a random moment of a long group of pictures. */
class JoinTest {
  private static final int JOINS = 50;
  private static final int FRAME_RATE = 30;
  private static final long UNLIMITED = 1_000_000_000;
  private static final long SETTLED = 2 * SECOND;
  private static final long WATCHED = 5 * SECOND;

  private static final LinkTable TABLE =
      new LinkTable(
          "joins",
          "stream",
          "group",
          "keyframes on request",
          "link",
          "first picture p50",
          "longest",
          "behind after 2 s",
          "longest freeze");

  private final Random random = new Random(4);
  private final List<Long> waits = new ArrayList<>();
  private final List<Long> behind = new ArrayList<>();
  private final List<Long> freezes = new ArrayList<>();

  @AfterAll
  static void write() {
    TABLE.write();
  }

  @ParameterizedTest
  @CsvSource({
    "4000000, 10, false,   20000000",
    "4000000, 10, false, 1000000000",
    "4000000, 60, true,    20000000",
    "4000000, 60, true,  1000000000",
    "4000000, 60, false,   20000000",
    "400000,  10, false,   20000000",
    "400000,  60, true,    20000000",
    "400000,  60, true,  1000000000"
  })
  void shouldBeLiveSoonAndWithoutAFreeze(long stream, int seconds, boolean answers, long rate) {
    for (int i = 0; i < JOINS; i++) {
      join(stream, seconds, answers, rate);
    }
    TABLE.row(
        stream / 1_000 + " kbit/s",
        seconds + " s",
        answers ? "yes" : "no",
        rate < UNLIMITED ? rate / 1_000_000 + " Mbit/s" : "unlimited",
        median() / MILLISECOND + " ms",
        Collections.max(waits) / MILLISECOND + " ms",
        Collections.max(behind) / MILLISECOND + " ms",
        Collections.max(freezes) / MILLISECOND + " ms");
    assertThat(behind).allMatch(nanos -> nanos < 100 * MILLISECOND);
    assertThat(freezes).allMatch(nanos -> nanos < 100 * MILLISECOND);
    assertThat(waits).allMatch(nanos -> nanos < (answers ? SECOND / 5 : seconds * SECOND));
    assertThat(median()).isLessThan(answers || seconds == 10 ? 150 * MILLISECOND : 30 * SECOND);
  }

  private void join(long stream, int groupSeconds, boolean answers, long rate) {
    LinkedWorld world = new LinkedWorld(groupSeconds * FRAME_RATE, stream);
    if (answers) {
      world.answeringKeyframeRequests();
    }
    world.runUntil(random.nextInt(1_000 * groupSeconds) * MILLISECOND);
    long joined = world.now();
    LinkedViewer viewer = world.viewer(rate).roundTrip(rate < UNLIMITED ? 40 * MILLISECOND : 0);
    world.runUntilShown(viewer, joined, joined + (groupSeconds + 1) * SECOND);
    long shown = viewer.firstShown(joined);
    world.runUntil(shown + WATCHED);
    waits.add(shown - joined);
    behind.add(viewer.greatestBehind(shown + SETTLED, shown + WATCHED));
    freezes.add(viewer.longestFreeze(shown, shown + WATCHED));
    assertThat(viewer.link.dropped()).isZero();
    assertThat(viewer.receiver.orphans).isZero();
  }

  private long median() {
    return waits.stream().sorted().skip(JOINS / 2).findFirst().orElseThrow();
  }
}
