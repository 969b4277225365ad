package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.rtp.PayloadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What is done for each packet must not make garbage. */
class H264AllocationTest {

  private static final int ACCESS_UNITS = 20_000;

  private final ByteBuf single = Unpooled.wrappedBuffer(Nals.slice(1000));
  private final ByteBuf large = Unpooled.wrappedBuffer(Nals.slice(NalUnit.SLICE, 5, 0, 4000));
  private final byte[] nal = Nals.slice(NalUnit.SLICE, 9, 0, 2800);
  private final ByteBuf start = Unpooled.wrappedBuffer(Feed.fu(nal, 1, 1400, true, false));
  private final ByteBuf end = Unpooled.wrappedBuffer(Feed.fu(nal, 1400, 2800, false, true));
  private final ByteBuf sets = Unpooled.wrappedBuffer(Feed.stapA(Nals.sps(0), Nals.pps(0, 0)));
  private final ByteBuf sei = Unpooled.wrappedBuffer(Nals.recoveryPoint(0));
  private final ByteBuf idr = Unpooled.wrappedBuffer(Nals.idr(0, 500));
  private boolean known = true;
  private final Discarding out = new Discarding();
  private final H264Normalizer normalizer = new H264Normalizer(out, 1200);

  @Test
  void shouldNormalizeWithoutAllocating() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ACCESS_UNITS; i++) {
      accessUnit(i);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = ACCESS_UNITS; i < 2 * ACCESS_UNITS; i++) {
      accessUnit(i);
    }

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ACCESS_UNITS);
    assertThat(known).isTrue();
    assertThat(out.packets).isEqualTo(2 * ACCESS_UNITS * 10);
  }

  private void accessUnit(int timestamp) {
    send(sets, 2 * timestamp, false);
    send(sei, 2 * timestamp, false);
    send(idr, 2 * timestamp, true);
    known &= normalizer.sequenceParameterSet() != null;
    picture(2 * timestamp + 1);
  }

  private void picture(int timestamp) {
    send(single, timestamp, false);
    send(large, timestamp, false);
    send(start, timestamp, false);
    send(end, timestamp, true);
  }

  private void send(ByteBuf payload, int timestamp, boolean marker) {
    normalizer.accept(payload, 0, payload.readableBytes(), timestamp, marker, false);
  }

  private static final class Discarding implements PayloadWriter {
    private final byte[] array = new byte[1500];
    private int packets;

    @Override
    public void open(int capacity) {}

    @Override
    public byte[] array() {
      return array;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public void commit(int length, int timestamp, boolean marker) {
      packets++;
    }

    @Override
    public void discard() {}

    @Override
    public void skip(int count) {}

    @Override
    public long position() {
      return packets;
    }

    @Override
    public void keyframe(long position) {}

    @Override
    public void recoveryPoint(long position) {}

    @Override
    public void mark(long position, int marks) {}
  }
}
