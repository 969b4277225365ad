package dev.sluice.benchmarks;

import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.rate.Thinning;
import dev.sluice.rtcp.TransportFeedback;
import dev.sluice.rtcp.TransportFeedbackWriter;
import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.PictureMarks;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Rate control, a packet: it is counted, its access unit of seven packets decided on, and reported
 * with 20 others after 128 ms. The floor reads the same feedback and does nothing with it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class RateBenchmark {
  private static final RateLimits LIMITS = new RateLimits(1_000_000_000, 50_000, 1_000_000_000);
  private static final int PACKETS = 21;
  private static final int PACKETS_OF_PICTURE = 7;
  private static final int BYTES = 1_200;
  private static final long PICTURE_NANOS = 128_000_000 / 3;
  private static final long ARRIVAL_NANOS = 500_000;
  private static final int BASE_SEQUENCE_OFFSET = 12;
  private static final int REFERENCE_TIME_OFFSET = 16;

  /** 128 ms in the upper three bytes, in units of 64 ms */
  private static final int REFERENCE_STEP = 2 << 8;

  private final byte[] feedback = new byte[256];
  private final GccEstimator estimator = new GccEstimator(LIMITS);
  private final Thinning thinning = new Thinning(1);
  private long now;
  private int sequence;
  private long sum;

  @Setup
  public void prepare() {
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    writer.wrap(feedback, 0, feedback.length, 1, 2, 0, 0);
    for (int i = 0; i < PACKETS; i++) {
      long picture = i / PACKETS_OF_PICTURE;
      writer.add(i, picture * PICTURE_NANOS + i % PACKETS_OF_PICTURE * ARRIVAL_NANOS);
    }
    writer.finish();
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long floor() {
    TransportFeedback.forEachPacket(feedback, 0, (number, arrival) -> sum += number + arrival);
    return sum;
  }

  /** what a viewer of a fast link pays */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long estimated() {
    for (int i = 0; i < PACKETS; i++) {
      begin(i % PACKETS_OF_PICTURE == 0);
      send();
    }
    return report();
  }

  /** what one pays whose link carries less */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long fitted() {
    for (int i = 0; i < PACKETS; i++) {
      boolean first = i % PACKETS_OF_PICTURE == 0;
      begin(first);
      long bitrate = estimator.estimate(now);
      if (first) {
        thinning.admits(now, bitrate, now, PictureMarks.NONE, false, false);
      }
      thinning.packet(BYTES);
      if (thinning.mayGo(now, bitrate)) {
        thinning.sent(BYTES);
        send();
      }
    }
    return report();
  }

  private void begin(boolean picture) {
    now += picture ? PICTURE_NANOS : 0;
  }

  private void send() {
    estimator.onPacketSent(sequence++, now, BYTES);
  }

  private long report() {
    BigEndian.putShort(feedback, BASE_SEQUENCE_OFFSET, sequence - PACKETS);
    int reference = BigEndian.getInt(feedback, REFERENCE_TIME_OFFSET);
    BigEndian.putInt(feedback, REFERENCE_TIME_OFFSET, reference + REFERENCE_STEP);
    estimator.onTransportFeedback(now, feedback, 0);
    return estimator.estimate(now);
  }
}
