package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {

  private static final int CAPACITY = 8;
  private static final long DELAY = 1_000;

  private final List<ByteBuf> offered = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private ReorderBuffer buffer = new ReorderBuffer(CAPACITY, DELAY, new Recorder());

  @AfterEach
  void shouldLeakNothing() {
    buffer.close();
    assertThat(offered).allMatch(packet -> packet.refCnt() == 0);
  }

  @Test
  void shouldPassPacketsInOrderAtOnce() {
    offer(0, 65534, 65535, 0, 1);

    assertThat(events).containsExactly("65534", "65535", "0", "1");
    assertThat(buffer.size()).isZero();
    assertThat(buffer.nextTimeout()).isEqualTo(ReorderBuffer.NO_TIMEOUT);
  }

  @Test
  void shouldReleaseAPacketOnceTheSinkHasHadIt() {
    offer(0, 1, 3);

    assertThat(offered.get(0).refCnt()).isZero();
    assertThat(offered.get(1).refCnt()).isEqualTo(1);
  }

  @Test
  void shouldPutPacketsBackIntoOrder() {
    offer(0, 65534, 1, 0, 65535, 2);

    assertThat(events).containsExactly("65534", "65535", "0", "1", "2");
    assertThat(buffer.lost()).isZero();
  }

  @Test
  void shouldSayWhatItExpectsAndWhatItLacks() {
    assertThat(buffer.expects(9)).isTrue();
    assertThat(buffer.lacks(9)).isFalse();
    offer(0, 65534, 1);
    assertThat(buffer.expects(65535)).isTrue();
    assertThat(buffer.expects(0)).isFalse();
    assertThat(IntStream.of(65534, 65535, 0, 1, 2, 6, 7).filter(buffer::lacks))
        .containsExactly(65535, 0, 2, 6);
  }

  @Test
  void shouldTellHowManyAreMissingWhenTimeIsUp() {
    offer(0, 1);
    offer(100, 5);
    offer(200, 6);
    assertThat(buffer.nextTimeout()).isEqualTo(100 + DELAY);

    buffer.handleTimeout(100 + DELAY - 1);
    assertThat(events).containsExactly("1");
    buffer.handleTimeout(100 + DELAY);

    assertThat(events).containsExactly("1", "5 after 3 missing", "6");
    assertThat(buffer.lost()).isEqualTo(3);
    assertThat(buffer.nextTimeout()).isEqualTo(ReorderBuffer.NO_TIMEOUT);
  }

  @Test
  void shouldGiveUpWhatIsMissingWhenALaterPacketComesAfterTheTime() {
    offer(0, 1);
    offer(0, 3);
    offer(DELAY, 4);

    assertThat(events).containsExactly("1", "3 after 1 missing", "4");
  }

  @Test
  void shouldKeepWaitingForAGapBehindOneGivenUp() {
    offer(0, 1);
    offer(0, 3);
    offer(500, 5);
    buffer.handleTimeout(DELAY);

    assertThat(events).containsExactly("1", "3 after 1 missing");
    assertThat(buffer.nextTimeout()).isEqualTo(500 + DELAY);
    offer(DELAY + 1, 4);
    assertThat(events).endsWith("4", "5");
  }

  @Test
  void shouldNotLetPacketsThatComeInBetweenProlongTheWait() {
    offer(0, 1);
    offer(100, 6);
    offer(900, 4);
    assertThat(buffer.nextTimeout()).isEqualTo(100 + DELAY);
    buffer.handleTimeout(100 + DELAY);

    assertThat(events).containsExactly("1", "4 after 2 missing", "6 after 1 missing");
  }

  @Test
  void shouldCompareTimesThatWrapAround() {
    long now = Long.MAX_VALUE - 10;
    offer(now, 1);
    offer(now, 3);
    buffer.handleTimeout(now + DELAY - 1);
    assertThat(events).containsExactly("1");
    assertThat(buffer.nextTimeout()).isEqualTo(now + DELAY).isNegative();

    buffer.handleTimeout(now + DELAY);
    assertThat(events).endsWith("3 after 1 missing");
  }

  @Test
  void shouldNotWaitForAPacketMorePlacesAheadThanItsCapacity() {
    offer(0, 1, 4);
    offer(0, 2 + CAPACITY); // one too far ahead for 2 to be waited for any longer
    assertThat(events).containsExactly("1");
    assertThat(buffer.lost()).isEqualTo(1);

    offer(0, 3 + CAPACITY);
    assertThat(events).containsExactly("1", "4 after 2 missing");
    assertThat(buffer.size()).isEqualTo(2);
  }

  @Test
  void shouldSlideOverAGapMuchLongerThanItsCapacity() {
    offer(0, 1, 2500);
    buffer.handleTimeout(DELAY);

    assertThat(events).containsExactly("1", "2500 after 2498 missing");
    assertThat(buffer.lost()).isEqualTo(2498);
  }

  @Test
  void shouldDropADuplicateOfAPacketThatWaits() {
    offer(0, 1, 3, 3);

    assertThat(buffer.duplicates()).isEqualTo(1);
    assertThat(buffer.size()).isEqualTo(1);
    assertThat(offered.get(2).refCnt()).isZero();
  }

  @Test
  void shouldTellLatePacketsFromDuplicates() {
    offer(0, 1, 2, 4);
    buffer.handleTimeout(DELAY);

    offer(DELAY, 3);
    assertThat(buffer.late()).isEqualTo(1);
    offer(DELAY, 3, 2);
    assertThat(buffer.late()).isEqualTo(1);
    assertThat(buffer.duplicates()).isEqualTo(2);
    assertThat(events).containsExactly("1", "2", "4 after 1 missing");
  }

  @Test
  void shouldDropWhatCameBeforeTheFirstAsLate() {
    offer(0, 10, 9, 11);

    assertThat(events).containsExactly("10", "11");
    assertThat(buffer.late()).isEqualTo(1);
  }

  @Test
  void shouldFollowASourceThatRestartsWithoutLosingAPacket() {
    for (int jump : new int[] {3000, 20_000, 32_767, -32_768, -20_000, -101}) {
      events.clear();
      buffer = new ReorderBuffer(CAPACITY, DELAY, new Recorder());
      int first = SerialNumbers.addSequence(102, jump);
      offer(0, 100, 101, first, first + 1, first + 2);

      assertThat(events)
          .as("jump of %d", jump)
          .containsExactly("100", "101", "restart", name(first), name(first + 1), name(first + 2));
      assertThat(buffer.restarts()).isEqualTo(1);
      assertThat(buffer.strays()).isZero();
      assertThat(buffer.lost()).isZero();
    }
  }

  @Test
  void shouldPassOnWhatWaitsBeforeARestart() {
    offer(0, 1, 3, 30_000, 30_001);

    assertThat(events).containsExactly("1", "3 after 1 missing", "restart", "30000", "30001");
  }

  @Test
  void shouldNotBeDisturbedByAStrayPacket() {
    offer(0, 1, 30_000, 2, 30_001, 3, 30_003, 4);

    assertThat(events).containsExactly("1", "2", "3", "4");
    assertThat(buffer.strays()).isEqualTo(3);
    assertThat(buffer.restarts()).isZero();
  }

  @Test
  void shouldKeepOnlyTheLastOfSeveralStrayPackets() {
    offer(0, 1, 30_000, 20_000, 10_000);

    assertThat(offered).extracting(ByteBuf::refCnt).containsExactly(0, 0, 0, 1);
  }

  @Test
  void shouldRecoverFromARestartJustBehindTheOldSequence() {
    offer(0, 1000);
    for (int sequenceNumber = 950; sequenceNumber < 1010; sequenceNumber++) {
      offer(0, sequenceNumber);
    }

    assertThat(events).hasSize(1 + 9).endsWith("1008", "1009");
  }

  @Test
  void shouldOnlyDropDuplicatesAndLatePacketsWhenItMayNotWait() {
    buffer = new ReorderBuffer(1, 0, new Recorder());
    offer(0, 1, 3, 2, 3, 4);

    assertThat(events).containsExactly("1", "3 after 1 missing", "4");
  }

  @Test
  void shouldReleaseWhatIsOfferedAfterClose() {
    offer(0, 1, 3, 30_000);
    buffer.close();
    offer(0, 2, 30_001);

    assertThat(events).containsExactly("1");
    assertThat(offered).allMatch(packet -> packet.refCnt() == 0);
    assertThat(buffer.nextTimeout()).isEqualTo(ReorderBuffer.NO_TIMEOUT);
  }

  @Test
  void shouldLetTheSinkCloseIt() {
    for (int last : new int[] {2, 5 + CAPACITY, 30_001}) {
      offered.clear();
      events.clear();
      buffer =
          new ReorderBuffer(
              CAPACITY,
              DELAY,
              new Recorder() {
                @Override
                public void onPacket(ByteBuf packet, int missing) {
                  super.onPacket(packet, missing);
                  if (events.size() == 2) {
                    buffer.close();
                  }
                }
              });
      offer(0, 1, 3, 4, 30_000, last);

      assertThat(events).as("closed by %d", last).hasSize(2);
      assertThat(offered).allMatch(packet -> packet.refCnt() == 0);
    }
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    Recorder sink = new Recorder();
    assertThatThrownBy(() -> new ReorderBuffer(0, 1, sink))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity");
    assertThatThrownBy(() -> new ReorderBuffer(ReorderBuffer.MAX_CAPACITY + 1, 1, sink))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReorderBuffer(1, -1, sink))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxDelayNanos");
  }

  private void offer(long now, int... sequenceNumbers) {
    for (int sequenceNumber : sequenceNumbers) {
      ByteBuf packet = Unpooled.buffer(4).writeInt(sequenceNumber & 0xFFFF);
      offered.add(packet);
      buffer.offer(sequenceNumber & 0xFFFF, packet, now);
    }
  }

  private static String name(int sequenceNumber) {
    return Integer.toString(sequenceNumber & 0xFFFF);
  }

  private class Recorder implements ReorderBuffer.Sink {
    @Override
    public void onPacket(ByteBuf packet, int missing) {
      String name = name(packet.getInt(0));
      events.add(missing == 0 ? name : name + " after " + missing + " missing");
    }

    @Override
    public void onRestart() {
      events.add("restart");
    }
  }
}
