package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What every {@link MediaWriter} has to bear. */
public final class WriterTrials {

  /** Makes the writer under test. */
  public interface Maker {
    MediaWriter make(PayloadWriter out, int maxPayload);
  }

  private static final int RUNS = 400;
  private static final int PAYLOADS = 40;
  private static final int[] MAX_PAYLOADS = {32, 100, 1200};
  private static final int ALLOCATION_ROUNDS = 20_000;

  private WriterTrials() {}

  /** damages, shuffles and makes up payloads: nothing is thrown, and none is too large */
  public static void assertSurvivesDamage(Maker maker, List<Payload> valid) {
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      int maxPayload = MAX_PAYLOADS[run % MAX_PAYLOADS.length];
      PayloadRecorder log = new PayloadRecorder();
      MediaWriter writer = maker.make(log, maxPayload);
      for (int i = 0; i < PAYLOADS; i++) {
        damaged(valid.get(random.nextInt(valid.size())), random).feed(writer);
      }
      writer.frame(ByteBuffer.wrap(random(random)), random.nextInt());
      writer.end();
      assertThat(log.packets).allMatch(packet -> packet.payload().length <= maxPayload);
      assertThat(log.isOpen()).isFalse();
    }
  }

  private static Payload damaged(Payload payload, Random random) {
    byte[] bytes = random.nextInt(4) == 0 ? random(random) : payload.bytes().clone();
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(Math.min(bytes.length, 12))] = (byte) random.nextInt();
    }
    int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
    return new Payload(
        Arrays.copyOf(bytes, length),
        payload.timestamp() + random.nextInt(2),
        random.nextInt(3) == 0,
        random.nextInt(6) == 0);
  }

  private static byte[] random(Random random) {
    byte[] bytes = new byte[random.nextInt(3000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** once warm, payloads make no garbage, whether they fit or are cut */
  public static void assertAllocatesNothing(Maker maker, int maxPayload, List<Payload> payloads) {
    MediaWriter writer = maker.make(new Discarding(), maxPayload);
    List<ByteBuf> buffers = payloads.stream().map(p -> Unpooled.wrappedBuffer(p.bytes())).toList();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    accept(writer, payloads, buffers);
    long before = threads.getCurrentThreadAllocatedBytes();
    accept(writer, payloads, buffers);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATION_ROUNDS);
  }

  private static void accept(MediaWriter writer, List<Payload> payloads, List<ByteBuf> buffers) {
    for (int round = 0; round < ALLOCATION_ROUNDS; round++) {
      for (int i = 0; i < buffers.size(); i++) {
        ByteBuf buf = buffers.get(i);
        Payload payload = payloads.get(i);
        int timestamp = round * 90_000 + payload.timestamp();
        writer.accept(buf, 0, buf.capacity(), timestamp, payload.marker(), payload.lostBefore());
      }
    }
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
