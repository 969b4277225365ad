package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.PacketLog;
import dev.sluice.rate.Protection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParityBlocksTest {
  private static final long FRAME = 33 * MILLISECOND;

  private final PacketLog log = TrackSenderSetup.keepingLog();
  private final ParityBlocks blocks = new ParityBlocks(log, 0);
  private final List<Integer> sizes = new ArrayList<>();
  private long now;
  private long end;

  @Test
  void shouldEndWithAPictureWhenThereIsEnough() {
    pictures(6, 7, FRAME);
    assertThat(sizes).containsExactly(21, 21);
  }

  @Test
  void shouldEndSoonWhereThereIsLittle() {
    pictures(10, 2, FRAME);
    assertThat(sizes).containsExactly(6, 6, 6);
  }

  @Test
  void shouldWaitForEnoughToBeWorthAParity() {
    pictures(9, 1, FRAME);
    assertThat(sizes).containsExactly(4, 4);
  }

  @Test
  void shouldEndWithinALargePicture() {
    pictures(1, 70, 0);
    assertThat(sizes).containsExactly(ParityBlock.MOST_PACKETS, ParityBlock.MOST_PACKETS);
  }

  @Test
  void shouldNotWaitForAStreamThatPauses() {
    pictures(3, 2, 200 * MILLISECOND);
    pictures(1, 20, 0);
    assertThat(sizes).containsExactly(20);
  }

  @Test
  void shouldLeaveOutWhatComesAsABacklog() {
    pictures(1, 2_000, 0);
    pictures(1, 16, 0);
    assertThat(blocks.block(blocks.count() - 1).start()).isEqualTo(2_000);
  }

  @Test
  void shouldGoOnAtTheTailWhenOvertaken() {
    PacketLog small = TrackSenderSetup.newLog(8_192);
    ParityBlocks late = new ParityBlocks(small, 0);
    for (int i = 0; i < 500; i++) {
      small.open(1_000);
      small.commit(1_000, i, true);
    }
    small.publish();
    late.advance(small.tail());
    assertThat(late.count()).isZero();
  }

  @Test
  void shouldMakeParitiesOnceForAllViewers() {
    pictures(3, 7, FRAME);
    ParityBlock block = blocks.block(0);
    ParityColumns strong = block.columns(Protection.STRONG, log);
    assertThat(strong.count()).isEqualTo(5);
    byte[] parity = strong.parity(0);
    parity[0] ^= 1;
    byte changed = parity[0];
    assertThat(block.columns(Protection.STRONG, log).parity(0)[0]).isEqualTo(changed);
    assertThat(block.columns(Protection.LIGHT, log).count()).isEqualTo(3);
  }

  private void pictures(int count, int packets, long every) {
    for (int i = 0; i < count; i++) {
      log.now(now);
      for (int packet = 0; packet < packets; packet++) {
        log.open(100);
        log.commit(100, (int) log.position(), packet == packets - 1);
      }
      log.publish();
      read();
      now += every;
    }
  }

  private void read() {
    long before = blocks.count();
    blocks.advance(log.tail());
    for (long i = Math.max(before, blocks.first()); i < blocks.count(); i++) {
      ParityBlock block = blocks.block(i);
      assertThat(block.start()).isGreaterThanOrEqualTo(end);
      end = block.end();
      sizes.add(block.count());
    }
  }
}
