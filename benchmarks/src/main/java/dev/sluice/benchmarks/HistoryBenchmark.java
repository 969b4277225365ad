package dev.sluice.benchmarks;

import dev.sluice.benchmarks.baseline.PacketCopies;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.srtp.SrtpProfile;
import io.netty.buffer.PooledByteBufAllocator;
import java.security.GeneralSecurityException;
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
 * Retransmission history: one that all viewers share, against a copy of each packet for each
 * viewer.
 *
 * <p>Storing is measured for a packet and all viewers; the shared history stores it once, which the
 * relay does anyway. Answering is measured for one NACK, up to the system call: the shared history
 * encrypts the packet again, the copy is only copied.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class HistoryBenchmark {
  private static final int SIZE = 1_200;
  private static final int TAG = 16;
  private static final int HISTORY = 64;
  private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

  @Param({"1", "10", "100"})
  public int viewers;

  private final byte[] payload = new byte[SIZE - RtpHeader.FIXED_LENGTH - TAG];
  private final byte[] packet = new byte[SIZE];
  private final byte[] slot = new byte[SIZE];
  private final RawCipher cipher = RawCipher.of(PROFILE, null);
  private PacketCopies[] copies;
  private PacketLog log;
  private Loopback loopback;
  private RawSegmentedSocket raw;
  private PacketLog sharedLog;
  private PacketLog copiedLog;
  private BenchmarkViewers sharing;
  private BenchmarkViewers copying;
  private int sequence;

  @Setup
  public void open() {
    loopback = new Loopback(Transport.EPOLL, PooledByteBufAllocator.DEFAULT);
    raw = new RawSegmentedSocket(loopback.bind(), SIZE, loopback.sink());
    log = newLog();
    sharedLog = newLog();
    copiedLog = newLog();
    copies = new PacketCopies[viewers];
    for (int i = 0; i < viewers; i++) {
      copies[i] = new PacketCopies();
    }
    sharing = new BenchmarkViewers(sharedLog, new UdpSocket(loopback.bind(), true, 256));
    sharing.add(1, PROFILE, loopback.sink(), null);
    copying = new BenchmarkViewers(copiedLog, new UdpSocket(loopback.bind(), true, 256));
    copying.add(1, PROFILE, loopback.sink(), PacketCopies::new);
    for (int i = 0; i < HISTORY; i++) {
      sharing.frame(1, payload);
      copying.frame(1, payload);
    }
  }

  @TearDown
  public void close() {
    log.close();
    sharedLog.close();
    copiedLog.close();
    raw.close();
    loopback.close();
  }

  /** one copy of the packet */
  @Benchmark
  public byte[] floorStore() {
    System.arraycopy(payload, 0, slot, 0, payload.length);
    return slot;
  }

  @Benchmark
  public boolean storeShared() {
    log.open(payload.length);
    System.arraycopy(payload, 0, log.array(), log.offset(), payload.length);
    log.commit(payload.length, ++sequence, true);
    return log.publish();
  }

  @Benchmark
  public int storeCopies() {
    sequence++;
    for (PacketCopies copy : copies) {
      copy.sent(sequence & 0xFFFF, packet, 0, SIZE);
    }
    return sequence;
  }

  /** encrypting and sending one packet */
  @Benchmark
  public int floorAnswer() throws GeneralSecurityException {
    int length =
        cipher.protect(++sequence, packet, 0, RtpHeader.FIXED_LENGTH, payload, payload.length);
    return raw.send(packet, length);
  }

  @Benchmark
  public long answerShared() {
    return sharing.resend(0, ++sequence & (HISTORY / 2 - 1));
  }

  @Benchmark
  public long answerCopies() {
    return copying.resend(0, ++sequence & (HISTORY / 2 - 1));
  }

  private static PacketLog newLog() {
    return new PacketLog(
        new SegmentPool(1 << 20), new LogLimits(16 << 10, 1 << 20, 1_000_000_000L, false));
  }
}
