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
import io.netty.buffer.UnpooledByteBufAllocator;
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
 * The whole way out: an access unit of 7 packets of 1,200 bytes is published and sent to all
 * viewers, per access unit. The floor encrypts each packet for each viewer with that viewer's
 * cipher, copies each viewer's packets once and sends them with one segmented system call.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class EgressBenchmark {
  private static final int PACKETS = 7;
  private static final int SIZE = 1_200;
  private static final int TAG = 16;
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @Param({"1", "10", "100", "1000"})
  public int viewers;

  private final byte[] payload = new byte[SIZE - RtpHeader.FIXED_LENGTH - TAG];
  private final byte[] scratch = new byte[PACKETS * SIZE];
  private Loopback loopback;
  private Loopback unpooledLoopback;
  private RawSegmentedSocket raw;
  private RawCipher[] ciphers;
  private long index;
  private Setting shared;
  private Setting counterMode;
  private Setting unsegmented;
  private Setting baseline;

  @Setup
  public void open() {
    loopback = new Loopback(Transport.EPOLL, PooledByteBufAllocator.DEFAULT);
    unpooledLoopback = new Loopback(Transport.EPOLL, new UnpooledByteBufAllocator(true));
    raw = new RawSegmentedSocket(loopback.bind(), SIZE, loopback.sink());
    ciphers = new RawCipher[viewers];
    for (int i = 0; i < viewers; i++) {
      ciphers[i] = RawCipher.of(GCM, null);
    }
  }

  @TearDown
  public void close() {
    for (Setting setting : new Setting[] {shared, counterMode, unsegmented, baseline}) {
      if (setting != null) {
        setting.log.close();
      }
    }
    raw.close();
    loopback.close();
    unpooledLoopback.close();
  }

  /** the same ciphers, copies and system calls with nothing around them */
  @Benchmark
  public long floor() throws GeneralSecurityException {
    index += PACKETS;
    long sent = 0;
    for (RawCipher cipher : ciphers) {
      int at = 0;
      for (int i = 0; i < PACKETS; i++) {
        at +=
            cipher.protect(index + i, scratch, at, RtpHeader.FIXED_LENGTH, payload, payload.length);
      }
      sent += raw.send(scratch, at);
    }
    return sent;
  }

  /** the default, and LOW_OVERHEAD as well: they differ only when packets are lost */
  @Benchmark
  public long resilient() {
    if (shared == null) {
      shared = new Setting(loopback, true, 256, GCM, false);
    }
    return shared.frame();
  }

  /** the default with the profile of peers that have no GCM */
  @Benchmark
  public long resilientCounterMode() {
    if (counterMode == null) {
      counterMode = new Setting(loopback, true, 256, SrtpProfile.AES_CM_128_HMAC_SHA1_80, false);
    }
    return counterMode.frame();
  }

  /** the default where the kernel does no segmentation */
  @Benchmark
  public long resilientUnsegmented() {
    if (unsegmented == null) {
      unsegmented = new Setting(loopback, false, 256, GCM, false);
    }
    return unsegmented.frame();
  }

  /** the reference's way: a copy of each packet, one datagram a packet, unpooled, SHA-1 */
  @Benchmark
  public long referenceBaseline() {
    if (baseline == null) {
      SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
      baseline = new Setting(unpooledLoopback, false, 1, profile, true);
    }
    return baseline.frame();
  }

  private final class Setting {
    private final PacketLog log;
    private final BenchmarkViewers all;

    Setting(
        Loopback network,
        boolean segmentation,
        int batchSize,
        SrtpProfile profile,
        boolean copies) {
      UdpSocket socket = new UdpSocket(network.bind(), segmentation, batchSize);
      log = new PacketLog(new SegmentPool(1 << 20), new LogLimits(16 << 10, 1 << 20, 0, false));
      all = new BenchmarkViewers(log, socket);
      all.add(viewers, profile, network.sink(), copies ? PacketCopies::new : null);
    }

    long frame() {
      return all.frame(PACKETS, payload);
    }
  }
}
