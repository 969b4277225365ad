package dev.sluice.benchmarks;

import dev.sluice.RetransmissionBuffer;
import dev.sluice.benchmarks.baseline.PacketCopies;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpSocket;
import dev.sluice.srtp.SrtpProfile;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Memory of one stream at 2 Mbit/s and its viewers after ten seconds: heap that is in use after a
 * full collection, with one second of shared history and with a copy a viewer. The time is of no
 * interest.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class HistoryMemoryBenchmark {
  private static final int FRAMES = 300;
  private static final int PACKETS = 7;
  private static final long FRAME_NANOS = 33_333_333;

  @Param({"1", "10", "100"})
  public int viewers;

  private final byte[] payload = new byte[1_172];
  private Loopback loopback;
  private UdpSocket socket;
  private PacketLog log;
  private BenchmarkViewers all;

  /** What is measured. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Heap {
    public long heapBytes;
  }

  @Setup
  public void open() {
    loopback = new Loopback(Transport.EPOLL, new UnpooledByteBufAllocator(true));
    socket = new UdpSocket(loopback.bind(), true, 256);
  }

  @TearDown
  public void close() {
    loopback.close();
  }

  /** viewers without any history, which is what the others add to */
  @Benchmark
  public Object floor(Heap heap) {
    return measure(heap, 0, () -> NONE);
  }

  @Benchmark
  public Object shared(Heap heap) {
    return measure(heap, 1_000_000_000L, null);
  }

  @Benchmark
  public Object copies(Heap heap) {
    return measure(heap, 0, PacketCopies::new);
  }

  private Object measure(
      Heap heap, long historyNanos, Supplier<? extends RetransmissionBuffer> buffers) {
    log = null;
    all = null;
    long before = used();
    log = new PacketLog(new SegmentPool(0), new LogLimits(16 << 10, 4 << 20, historyNanos, false));
    all = new BenchmarkViewers(log, socket);
    all.add(viewers, SrtpProfile.AEAD_AES_128_GCM, loopback.sink(), buffers);
    for (int i = 0; i < FRAMES; i++) {
      log.now(i * FRAME_NANOS);
      all.frame(PACKETS, payload);
    }
    heap.heapBytes = used() - before;
    return all;
  }

  private static long used() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static final RetransmissionBuffer NONE =
      new RetransmissionBuffer() {
        @Override
        public void sent(int sequenceNumber, byte[] packet, int offset, int length) {}

        @Override
        public int find(int sequenceNumber, byte[] target, int offset) {
          return 0;
        }
      };
}
