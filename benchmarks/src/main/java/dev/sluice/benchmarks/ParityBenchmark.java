package dev.sluice.benchmarks;

import dev.sluice.rtp.fec.Parity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Forward error correction: a payload is added to a parity, which is done once for all viewers. The
 * floor copies it; byte by byte is what a plain loop costs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ParityBenchmark {
  private static final int PAYLOAD = 1_128;
  private static final int START = 3_301;

  private final byte[] segment = new byte[16 << 10];
  private final byte[] parity = new byte[1_500];

  @Benchmark
  public byte[] floor() {
    System.arraycopy(segment, START, parity, 0, PAYLOAD);
    return parity;
  }

  @Benchmark
  public byte[] add() {
    Parity.add(parity, 0, segment, START, PAYLOAD);
    return parity;
  }

  @Benchmark
  public byte[] byteByByte() {
    for (int i = 0; i < PAYLOAD; i++) {
      parity[i] ^= segment[START + i];
    }
    return parity;
  }
}
