package dev.sluice.benchmarks;

import dev.sluice.benchmarks.baseline.JoiningFragmenter;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.rtp.h264.H264Normalizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * H.264 fragments: a picture of 60,000 bytes comes in FU-A packets of 1,460 bytes and is cut anew
 * to 1,172, while it is written to the log or after it was joined. The floor copies its bytes once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class FragmentationBenchmark {
  private static final int PICTURE = 60_000;
  private static final int IN = 1_460;
  private static final int OUT = 1_172;
  private static final int FU_A = 28;
  private static final int SLICE = 1;
  private static final int START = 0x80;
  private static final int END = 0x40;

  private final byte[] copy = new byte[IN];
  private ByteBuf[] fragments;
  private PacketLog log;
  private PacketLog joinedLog;
  private H264Normalizer normalizer;
  private JoiningFragmenter joining;
  private int timestamp;

  @Setup
  public void prepare() {
    int count = (PICTURE + IN - 3) / (IN - 2);
    fragments = new ByteBuf[count];
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[i < count - 1 ? IN : 2 + PICTURE - (count - 1) * (IN - 2)];
      Arrays.fill(payload, (byte) 0x9A);
      payload[0] = 0x60 | FU_A;
      payload[1] = (byte) (SLICE | (i == 0 ? START : 0) | (i == count - 1 ? END : 0));
      fragments[i] = Unpooled.directBuffer(IN).writeBytes(payload);
    }
    log = newLog();
    joinedLog = newLog();
    normalizer = new H264Normalizer(log, OUT);
    joining = new JoiningFragmenter(joinedLog, OUT);
  }

  @TearDown
  public void close() {
    log.close();
    joinedLog.close();
    for (ByteBuf fragment : fragments) {
      fragment.release();
    }
  }

  @Benchmark
  public int floor() {
    for (ByteBuf fragment : fragments) {
      fragment.getBytes(0, copy, 0, fragment.writerIndex());
    }
    return copy[0];
  }

  @Benchmark
  public boolean streaming() {
    timestamp += 3_000;
    int last = fragments.length - 1;
    for (int i = 0; i <= last; i++) {
      int length = fragments[i].writerIndex();
      normalizer.accept(fragments[i], 0, length, timestamp, i == last, false);
    }
    return log.publish();
  }

  @Benchmark
  public boolean joining() {
    timestamp += 3_000;
    for (ByteBuf fragment : fragments) {
      joining.accept(fragment, fragment.writerIndex(), timestamp);
    }
    return joinedLog.publish();
  }

  private static PacketLog newLog() {
    return new PacketLog(new SegmentPool(1 << 20), new LogLimits(16 << 10, 1 << 20, 0, false));
  }
}
