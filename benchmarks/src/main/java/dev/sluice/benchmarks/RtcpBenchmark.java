package dev.sluice.benchmarks;

import dev.sluice.loop.TimerWheel;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtcp.ReportScheduler;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reports of 1,000 sessions: timers, scheduling, writing and encrypting, for one second of virtual
 * time. The floor is the cipher alone, as often as there are reports in a second.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
public class RtcpBenchmark {
  private static final int SESSIONS = 1_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long TICK = 20_000_000L;
  private static final int WHEEL_SLOTS = 1_024;
  private static final int RTCP_HEADER = 8;

  /** mean time between two reports of a session */
  @Param({"1", "3"})
  public int intervalSeconds;

  private final byte[] packet = new byte[1_200];
  private final byte[] payload = new byte[1_200];
  private final CompoundWriter writer = new CompoundWriter();
  private final Random random = new Random(1);
  private final byte[] cname = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private TimerWheel wheel;
  private RawCipher raw;
  private long now;
  private long sentBytes;
  private int reportLength;
  private long index;

  @Setup
  public void prepare() {
    wheel = new TimerWheel(TICK, WHEEL_SLOTS, now);
    raw = RawCipher.of(SrtpProfile.AEAD_AES_128_GCM, null);
    for (int i = 0; i < SESSIONS; i++) {
      Session session = new Session(i);
      wheel.schedule(session, session.scheduler.nextTimeout());
    }
    new Session(SESSIONS).write();
    reportLength = writer.length();
  }

  @Benchmark
  public long floor() throws GeneralSecurityException {
    int reports = SESSIONS / intervalSeconds;
    long sum = 0;
    for (int i = 0; i < reports; i++) {
      sum += raw.protect(++index, packet, 0, RTCP_HEADER, payload, reportLength - RTCP_HEADER);
    }
    return sum;
  }

  @Benchmark
  public long secondOfReports() {
    long end = now + SECOND;
    while (now - end < 0) {
      now += TICK;
      wheel.advance(now);
    }
    return sentBytes;
  }

  private final class Session extends TimerWheel.Entry {
    private final int ssrc;
    private final ReportScheduler scheduler;
    private final SrtcpSender sender;

    Session(int ssrc) {
      this.ssrc = ssrc;
      scheduler = new ReportScheduler(intervalSeconds * SECOND, random, now);
      SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
      sender =
          new SrtcpSender(
              new SrtpKeys(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]),
              null);
    }

    @Override
    protected void onDeadline(long nowNanos) {
      scheduler.onSent(nowNanos);
      write();
      sentBytes += sender.protect(packet, 0, writer.length());
      wheel.schedule(this, scheduler.nextTimeout());
    }

    void write() {
      writer.wrap(packet, 0, packet.length);
      writer.senderReport(ssrc, now, (int) now, 1_000, 1_000_000);
      writer.cname(ssrc, cname);
    }
  }
}
