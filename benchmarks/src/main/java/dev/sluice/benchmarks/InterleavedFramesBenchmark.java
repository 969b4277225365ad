package dev.sluice.benchmarks;

import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Interleaved frames of an RTSP connection: finding 40 packets of 1,400 bytes in what one read
 * gave, against copying each out of it, per frame. The floor reads the lengths.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class InterleavedFramesBenchmark {
  private static final int FRAMES = 40;
  private static final int SIZE = 1_400;

  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final InterleavedFrames frames = new InterleavedFrames();
  private ByteBuf received;

  @Setup
  public void prepare() {
    received = Unpooled.directBuffer(FRAMES * (InterleavedFrames.HEADER_LENGTH + SIZE));
    for (int i = 0; i < FRAMES; i++) {
      InterleavedFrames.writeHeader(received, 0, SIZE);
      received.writeZero(SIZE);
    }
  }

  @TearDown
  public void close() {
    received.release();
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int floor() {
    int at = 0;
    int end = received.writerIndex();
    while (at < end) {
      at += InterleavedFrames.HEADER_LENGTH + received.getUnsignedShort(at + 2);
    }
    return at;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int slices() {
    received.readerIndex(0);
    int sum = 0;
    while (frames.next(received) == InterleavedFrames.Status.FRAME) {
      sum += frames.offset() + frames.length();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void heapCopies(Blackhole hole) {
    received.readerIndex(0);
    while (frames.next(received) == InterleavedFrames.Status.FRAME) {
      byte[] copy = new byte[frames.length()];
      received.getBytes(frames.offset(), copy);
      hole.consume(copy);
    }
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void pooledCopies(Blackhole hole) {
    received.readerIndex(0);
    while (frames.next(received) == InterleavedFrames.Status.FRAME) {
      ByteBuf copy = allocator.directBuffer(frames.length());
      copy.writeBytes(received, frames.offset(), frames.length());
      hole.consume(copy);
      copy.release();
    }
  }
}
