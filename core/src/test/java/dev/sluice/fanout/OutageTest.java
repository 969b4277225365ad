package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What viewers see of a link's return after 30 s in which nothing passed either way. */
class OutageTest {
  private static final long STREAM = 2_000_000;
  private static final long FAST = 20_000_000;
  private static final int OUTAGES = 8;
  private static final long OUTAGE = 30 * SECOND;
  private static final long NOTICED = 3 * SECOND;
  private static final long WATCHED = 6 * SECOND;

  /** an older keyframe is no place to begin at; one that comes within the second counts as well */
  private static final long OLDEST_START = 6 * SECOND - SECOND;

  private static final LinkTable TABLE =
      new LinkTable(
          "outages", "group", "keyframes on request", "picture after", "longest", "sent meanwhile");

  private final Random random = new Random(4);
  private final List<Long> waits = new ArrayList<>();
  private long sentMeanwhile;

  @AfterAll
  static void write() {
    TABLE.write();
  }

  @ParameterizedTest
  @CsvSource({"2, true", "10, true", "2, false", "10, false", "60, false"})
  void shouldShowAPictureSoonAfterTheReturn(int groupSeconds, boolean answers) {
    for (int i = 0; i < OUTAGES; i++) {
      outage(groupSeconds * SECOND, answers);
    }
    waits.sort(null);
    TABLE.row(
        groupSeconds + " s",
        answers ? "yes" : "no",
        waits.get(OUTAGES / 2) / MILLISECOND + " ms",
        waits.get(OUTAGES - 1) / MILLISECOND + " ms",
        sentMeanwhile / 1_000 + " kbit/s");
    assertThat(sentMeanwhile).isLessThan(STREAM / 50);
  }

  private void outage(long group, boolean answers) {
    LinkedWorld world = new LinkedWorld((int) (group / SECOND) * 30, STREAM);
    if (answers) {
      world.answeringKeyframeRequests();
    }
    LinkedViewer viewer = world.viewer(FAST).roundTrip(40 * MILLISECOND);
    world.runUntil(5 * SECOND + random.nextInt((int) (group / MILLISECOND)) * MILLISECOND);
    viewer.setDown(true);
    long down = world.now();
    world.runUntil(down + NOTICED);
    long sentBefore = viewer.sentBytes();
    world.runUntil(down + OUTAGE);
    long bits = (viewer.sentBytes() - sentBefore) * 8;
    sentMeanwhile = Math.max(sentMeanwhile, bits * SECOND / (OUTAGE - NOTICED));
    viewer.setDown(false);
    watch(world, viewer, group, answers);
  }

  private void watch(LinkedWorld world, LinkedViewer viewer, long group, boolean answers) {
    long back = world.now();
    world.runUntilShown(viewer, back, back + group + SECOND);
    long shown = viewer.firstShown(back);
    waits.add(shown - back);
    long sinceKeyframe = back % group;
    boolean soon = answers || sinceKeyframe < OLDEST_START;
    assertThat(shown - back).isLessThan(soon ? SECOND : group - sinceKeyframe + SECOND / 10);
    world.runUntil(shown + WATCHED);
    assertThat(viewer.longestFreeze(shown, shown + WATCHED)).isLessThan(100 * MILLISECOND);
    assertThat(viewer.greatestBehind(shown + 2 * SECOND, shown + WATCHED))
        .isLessThan(100 * MILLISECOND);
    assertThat(viewer.receiver.orphans).isZero();
  }
}
