package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sends packets over simulated networks with seeds and a virtual clock. */
class ReorderBufferPropertyTest {

  private static final int PACKETS = 2_000;
  private static final long SPACING = 1_000;

  /** A packet on its way: its index is its place in the stream. */
  private record Arrival(int index, long at) {}

  @Test
  void shouldRestoreAnyOrderThatItsBoundsAllow() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int capacity = 2 + random.nextInt(60);
      // a packet is overtaken by fewer than capacity others, and is late by less than the time
      long jitter = (capacity - 1) * SPACING;
      Run run = new Run(random, capacity, jitter);
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < PACKETS; i++) {
        arrivals.add(new Arrival(i, i * SPACING + (i == 0 ? 0 : random.nextLong(jitter))));
      }
      run.play(arrivals);

      assertThat(run.delivered).as("seed %d", seed).hasSize(PACKETS);
      assertThat(run.buffer.lost() + run.buffer.late() + run.buffer.restarts()).isZero();
    }
  }

  @Test
  void shouldStayInOrderOnANetworkThatLosesRepeatsAndDelays() {
    long lost = 0;
    long late = 0;
    long duplicates = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(1_000 + seed);
      int capacity = 1 + random.nextInt(40);
      Run run = new Run(random, capacity, random.nextInt(30) * SPACING);
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < PACKETS; i++) {
        int chance = random.nextInt(20);
        int copies = chance == 0 ? 0 : chance == 1 ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
          long jitter = random.nextInt(10) == 0 ? 25 * SPACING : 3 * SPACING;
          arrivals.add(new Arrival(i, i * SPACING + random.nextLong(jitter)));
        }
      }
      run.play(arrivals);

      assertThat(run.buffer.restarts()).as("seed %d", seed).isZero();
      lost += run.buffer.lost();
      late += run.buffer.late();
      duplicates += run.buffer.duplicates();
    }
    assertThat(lost).isPositive();
    assertThat(late).isPositive();
    assertThat(duplicates).isPositive();
  }

  @Test
  void shouldStayBoundedWhateverSequenceNumbersCome() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(2_000 + seed);
      int capacity = 1 + random.nextInt(64);
      int[] count = new int[1];
      ReorderBuffer buffer =
          new ReorderBuffer(
              capacity,
              random.nextInt(100),
              new ReorderBuffer.Sink() {
                @Override
                public void onPacket(ByteBuf packet, int missing) {
                  count[0]++;
                  assertThat(missing).isNotNegative();
                }

                @Override
                public void onRestart() {}
              });
      ByteBuf packet = Unpooled.buffer(1);
      int sequenceNumber = random.nextInt(65536);
      int offers = 5_000;
      for (int i = 0; i < offers; i++) {
        int steps =
            switch (random.nextInt(8)) {
              case 0 -> random.nextInt(65536);
              case 1 -> random.nextInt(8_000) - 4_000;
              case 2 -> random.nextInt(200) - 100;
              default -> 1;
            };
        sequenceNumber = SerialNumbers.addSequence(sequenceNumber, steps);
        buffer.offer(sequenceNumber, packet.retain(), i * 3L);

        assertThat(buffer.size()).isLessThan(capacity);
        assertThat(packet.refCnt()).isBetween(1 + buffer.size(), 2 + buffer.size());
      }
      assertThat(buffer.restarts()).isPositive();
      int waiting = buffer.size();
      int candidate = packet.refCnt() - 1 - waiting;
      long dropped = buffer.late() + buffer.duplicates() + buffer.strays();
      assertThat(count[0] + dropped + waiting + candidate).isEqualTo(offers);
      buffer.close();
      assertThat(packet.refCnt()).isEqualTo(1);
      packet.release();
    }
  }

  /** One stream through one buffer, with what must hold at every step. */
  private static final class Run implements ReorderBuffer.Sink {

    final ReorderBuffer buffer;
    final List<Integer> delivered = new ArrayList<>();
    private final int firstSequence;
    private final long startNanos;
    private final long delay;
    private final long[] arrivedAt = new long[PACKETS];
    private final List<ByteBuf> packets = new ArrayList<>();
    private long now;

    Run(Random random, int capacity, long delay) {
      buffer = new ReorderBuffer(capacity, delay, this);
      firstSequence = random.nextInt(65536);
      startNanos = Long.MAX_VALUE - random.nextLong(PACKETS * SPACING); // the clock may wrap
      this.delay = delay;
    }

    void play(List<Arrival> arrivals) {
      arrivals.sort(Comparator.comparingLong(Arrival::at));
      for (Arrival arrival : arrivals) {
        long at = startNanos + arrival.at();
        runTimers(at);
        now = at;
        ByteBuf packet = Unpooled.buffer(4).writeInt(arrival.index());
        packets.add(packet);
        if (arrivedAt[arrival.index()] == 0) {
          arrivedAt[arrival.index()] = now;
        }
        buffer.offer((firstSequence + arrival.index()) & 0xFFFF, packet, now);
      }
      runTimers(now + delay);
      long dropped = buffer.late() + buffer.duplicates() + buffer.strays();
      assertThat(delivered.size() + dropped).isEqualTo(arrivals.size());
      assertThat(buffer.size()).isZero();
      assertThat(packets).allMatch(packet -> packet.refCnt() == 0);
    }

    private void runTimers(long until) {
      while (buffer.nextTimeout() != ReorderBuffer.NO_TIMEOUT
          && buffer.nextTimeout() - until <= 0) {
        now = buffer.nextTimeout();
        int waiting = buffer.size();
        buffer.handleTimeout(now);
        assertThat(buffer.size()).as("a timer that is due gets something done").isLessThan(waiting);
      }
    }

    @Override
    public void onPacket(ByteBuf packet, int missing) {
      int index = packet.getInt(0);
      if (!delivered.isEmpty()) {
        assertThat(index).isEqualTo(delivered.get(delivered.size() - 1) + 1 + missing);
      }
      assertThat(now - arrivedAt[index]).as("time waited").isLessThanOrEqualTo(delay);
      delivered.add(index);
    }

    @Override
    public void onRestart() {
      throw new AssertionError("no restart here");
    }
  }
}
