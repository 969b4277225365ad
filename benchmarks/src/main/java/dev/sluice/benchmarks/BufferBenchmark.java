package dev.sluice.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Buffers of datagrams: allocating, filling and releasing one, pooled and not. The floor fills one
 * that is there.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class BufferBenchmark {

  /** bytes: a packet, and a frame of seven */
  @Param({"1200", "8400"})
  public int size;

  private final byte[] bytes = new byte[8_400];
  private final ByteBuf buffer = Unpooled.directBuffer(8_400);
  private final ByteBufAllocator pooled = PooledByteBufAllocator.DEFAULT;
  private final ByteBufAllocator unpooled = new UnpooledByteBufAllocator(true);

  @TearDown
  public void close() {
    buffer.release();
  }

  @Benchmark
  public ByteBuf floor() {
    return buffer.setBytes(0, bytes, 0, size);
  }

  @Benchmark
  public boolean pooled() {
    return pooled.directBuffer(size, size).writeBytes(bytes, 0, size).release();
  }

  @Benchmark
  public boolean unpooled() {
    return unpooled.directBuffer(size, size).writeBytes(bytes, 0, size).release();
  }
}
