package dev.sluice.benchmarks;

import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.ReportBlock;
import dev.sluice.rtcp.RtcpHeader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reading what a viewer sends: a receiver report, a CNAME and a NACK of three packets. The floor
 * walks over the messages by their lengths.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class RtcpParseBenchmark {
  private final byte[] packet = new byte[256];
  private final CompoundReader reader = new CompoundReader();
  private int length;
  private int sum;

  @Setup
  public void prepare() {
    CompoundWriter writer = new CompoundWriter();
    writer.wrap(packet, 0, packet.length);
    writer.receiverReport(1);
    ReportBlock.write(packet, writer.claimReportBlock(), 2, 0, 0, 70_000, 90, 1, 2);
    writer.cname(1, "0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    int[] lost = {100, 101, 105};
    int at = writer.claim(GenericNack.length(lost, 0, lost.length));
    GenericNack.write(packet, at, 1, 2, lost, 0, lost.length);
    length = writer.length();
  }

  @Benchmark
  public int floor() {
    int at = 0;
    while (at < length) {
      at += RtcpHeader.length(packet, at);
    }
    return at;
  }

  @Benchmark
  public int parse() {
    sum = 0;
    reader.wrap(packet, 0, length);
    while (reader.next()) {
      if (reader.type() == MessageType.GENERIC_NACK) {
        GenericNack.forEachLost(packet, reader.offset(), reader.length(), lost -> sum += lost);
      }
    }
    return sum;
  }
}
