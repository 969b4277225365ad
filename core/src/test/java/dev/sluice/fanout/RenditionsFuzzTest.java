package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the publishers of three encodings, a viewer's link and the host do, and whenever:
 * numbers and time go on, as each viewer checks, and once all is well again everybody sees it.
 */
class RenditionsFuzzTest {
  private static final long[] BITRATES = {1_500_000, 600_000, 200_000};
  private static final long FAST = 20_000_000;
  private static final int GROUP = 40;
  private static final int MOST_STEPS = 30;
  private static final long TIME_TO_RECOVER = 12 * SECOND;

  static Stream<byte[]> events() {
    return Stream.of(
        new byte[] {0, 20, 0x11, 4, 0, 99, 0x12, 0, 0, 99, 0x11, 60},
        new byte[] {0, 50, 0x20, 0, 0, 99, 0x30, 0, 0x21, 0, 0, 60, 0x40, 0, 0x31, 1},
        new byte[] {0, 20, 0x50, 1, 0, 30, 0x50, 3, 0x61, 0, 0, 99, 0x60, 0, 0x50, 0},
        new byte[] {0, 10, 0x70, 9, 0, 90, 0x42, 0, 0x41, 0, 0x40, 0, 0, 90, 0x71, 20});
  }

  /** in pairs: what happens to which of them, and how much of it */
  @MethodSource("events")
  @FuzzTest
  void shouldGoOnWhateverHappens(byte @NotNull [] bytes) {
    LinkedWorld world = new LinkedWorld(GROUP, BITRATES).answeringKeyframeRequests();
    List<LinkedViewer> viewers = List.of(world.viewer(FAST), world.reportingViewer(FAST));
    for (int i = 0; i + 1 < Math.min(bytes.length, 2 * MOST_STEPS); i += 2) {
      happen(world, viewers.get(bytes[i] & 1), bytes[i], bytes[i + 1] & 0xFF);
    }
    for (LinkedViewer viewer : viewers) {
      viewer.setDown(false);
      viewer.link.rate(FAST);
    }
    for (int i = 0; i < BITRATES.length; i++) {
      world.publisher(i).recover();
      world.publisher(i).measured(BITRATES[i]);
    }
    long recovered = world.now() + TIME_TO_RECOVER;
    world.runUntil(recovered + SECOND);
    for (LinkedViewer viewer : viewers) {
      assertThat(viewer.transport.failures).isEmpty();
      assertThat(viewer.shareShown(recovered, recovered + SECOND)).isGreaterThan(0.9);
    }
  }

  private static void happen(LinkedWorld world, LinkedViewer viewer, int what, int howMuch) {
    LinkedPublisher publisher = world.publisher((what & 0xF) % BITRATES.length);
    switch (what >> 4 & 0xF) {
      case 1 -> viewer.link.rate(50_000L + 50_000L * howMuch);
      case 2 -> publisher.fallSilent();
      case 3 -> publisher.recover();
      case 4 -> publisher.restart();
      case 5 -> viewer.renditions.want(howMuch == 0 ? null : "r" + howMuch);
      case 6 -> publisher.withholdKeyframes();
      case 7 -> publisher.measured(20_000L * howMuch);
      case 8 -> viewer.setDown(howMuch > 127);
      case 9 -> world.publishBacklogSince(world.now() - howMuch * 10 * MILLISECOND);
      default -> world.runUntil(world.now() + howMuch * 10 * MILLISECOND);
    }
  }
}
