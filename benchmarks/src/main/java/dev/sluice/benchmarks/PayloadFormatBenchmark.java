package dev.sluice.benchmarks;

import dev.sluice.codec.Codec;
import dev.sluice.codec.InputOptions;
import dev.sluice.codec.TrackFormat;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
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
 * A picture of 60,000 bytes, or 20 ms of sound, on its way into the log: in RTP packets of 1,460
 * bytes of payload that are cut anew to 1,172, in packets that fit, and as a frame of a host. The
 * floor copies the bytes of the packets once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class PayloadFormatBenchmark {
  private static final int PICTURE = 60_000;
  private static final int SOUND = 160;
  private static final int LARGE = 1_460;
  private static final int OUT = 1_172;
  private static final int STEP = 3_000;

  @Param({"H264", "H265", "VP8", "VP9", "AV1", "PCMU"})
  public Codec codec;

  private final byte[] copy = new byte[LARGE];
  private ByteBuffer frame;
  private RtpPacket[] large;
  private RtpPacket[] fitting;
  private PacketLog log;
  private TrackFormat format;
  private int timestamp;

  @Setup
  public void prepare() {
    frame = frame();
    large = packets(LARGE);
    fitting = packets(OUT);
    log = new PacketLog(new SegmentPool(1 << 20), new LogLimits(16 << 10, 1 << 20, 0, false));
    format = input(log, OUT);
  }

  @TearDown
  public void close() {
    log.close();
    Arrays.stream(large).forEach(packet -> packet.buffer().release());
    Arrays.stream(fitting).forEach(packet -> packet.buffer().release());
  }

  @Benchmark
  public int floor() {
    for (RtpPacket packet : large) {
      packet.buffer().getBytes(packet.payloadOffset(), copy, 0, packet.payloadLength());
    }
    return copy[0];
  }

  @Benchmark
  public boolean cutAnew() {
    return write(large);
  }

  @Benchmark
  public boolean passed() {
    return write(fitting);
  }

  @Benchmark
  public boolean pushed() {
    timestamp += STEP;
    format.frame(frame, timestamp);
    return log.publish();
  }

  private boolean write(RtpPacket[] packets) {
    timestamp += STEP;
    for (RtpPacket packet : packets) {
      format.rtp(packet, timestamp, 0);
    }
    return log.publish();
  }

  private RtpPacket[] packets(int maxPayload) {
    PayloadCollector source = new PayloadCollector();
    input(source, maxPayload).frame(frame, 0);
    return source.packets();
  }

  private TrackFormat input(PayloadWriter to, int maxPayload) {
    return codec.format().input(to, new InputOptions(maxPayload, false), codec.format().defaults());
  }

  /** one that refers to others, beginning with what tells its codec's writer so */
  private ByteBuffer frame() {
    String begin =
        switch (codec) {
          case H264 -> "0000000161e0";
          case H265 -> "00000001020190";
          case VP8 -> "01";
          case VP9 -> "86";
          case AV1 -> "1200" + "32e1d403" + "30";
          default -> "";
        };
    byte[] head = HexFormat.of().parseHex(begin);
    byte[] bytes = new byte[begin.isEmpty() ? SOUND : PICTURE + head.length];
    Arrays.fill(bytes, (byte) 0x9A);
    System.arraycopy(head, 0, bytes, 0, head.length);
    return ByteBuffer.wrap(bytes);
  }
}
