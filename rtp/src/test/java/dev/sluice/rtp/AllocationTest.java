package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What is done for each packet must not make garbage. */
class AllocationTest {

  private static final int PACKETS = 100_000;

  private final byte[] bytes = new byte[1200];
  private final ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
  private final HeaderExtensionWriter writer = new HeaderExtensionWriter();
  private final RtpPacket packet = new RtpPacket();
  private int seen;

  @Test
  void shouldWriteAndReadPacketsWithoutAllocating() {
    assertThat(bytesAllocated(this::writeAndRead)).isLessThan(PACKETS);
    assertThat(seen).isEqualTo(2 * PACKETS);
  }

  @Test
  void shouldReorderWithoutAllocating() {
    ReorderBuffer reorder = new ReorderBuffer(64, 1_000, new Counter());

    assertThat(bytesAllocated(i -> reorder(reorder, i))).isLessThan(PACKETS);
    assertThat(seen).isEqualTo(2 * PACKETS);
  }

  private void writeAndRead(int i) {
    RtpHeader.write(bytes, 0, 96, false, i, i, 1);
    writer.begin(bytes, 0, HeaderExtensionForm.ONE_BYTE);
    int value = writer.add(3, 2);
    writer.end();
    HeaderExtensionReader element = packet.extensions();
    if (packet.wrap(buffer) && packet.extensions().find(3) && element.offset() == value) {
      seen++;
    }
  }

  private void reorder(ReorderBuffer reorder, int i) {
    int swapped = i ^ 1; // 1, 0, 3, 2, ... but for the first pair
    reorder.offer((i < 2 ? i : swapped) & 0xFFFF, buffer.retain(), i);
  }

  /** bytes that this thread allocates for so many packets, once warm */
  private static long bytesAllocated(PerPacket work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < PACKETS; i++) {
      work.accept(i);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = PACKETS; i < 2 * PACKETS; i++) {
      work.accept(i);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private interface PerPacket {
    void accept(int i);
  }

  private final class Counter implements ReorderBuffer.Sink {
    @Override
    public void onPacket(ByteBuf packet, int missing) {
      seen += missing == 0 ? 1 : 0;
    }

    @Override
    public void onRestart() {
      throw new AssertionError("no restart here");
    }
  }
}
