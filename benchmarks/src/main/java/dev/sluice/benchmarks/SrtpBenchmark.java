package dev.sluice.benchmarks;

import dev.sluice.rtp.RtpHeader;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpReceiver;
import dev.sluice.srtp.SrtpSender;
import java.security.GeneralSecurityException;
import java.security.Provider;
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
 * SHA-1 and AES: protecting a packet of 1,172 bytes of payload, and protecting and unprotecting it
 * (a receiver takes no packet twice, so each needs a fresh one), with each profile and provider.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class SrtpBenchmark {
  private static final int PAYLOAD = 1_172;

  @Param({
    "AEAD_AES_128_GCM",
    "AEAD_AES_256_GCM",
    "AES_CM_128_HMAC_SHA1_80",
    "AES_CM_128_HMAC_SHA1_32"
  })
  public SrtpProfile profile;

  @Param({"JDK", "BouncyCastle", "Corretto", "Conscrypt"})
  public String provider;

  private final byte[] payload = new byte[PAYLOAD];
  private final byte[] packet = new byte[2_048];
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private RawCipher raw;
  private long index;

  @Setup
  public void prepare() throws ReflectiveOperationException {
    Provider named = CipherProviders.named(provider);
    SrtpKeys keys =
        new SrtpKeys(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
    sender = new SrtpSender(keys, named);
    receiver = new SrtpReceiver(keys, named);
    raw = RawCipher.of(profile, named);
    RtpHeader.write(packet, 0, 96, false, 0, 0, 0xCAFE);
  }

  @Benchmark
  public int floorProtect() throws GeneralSecurityException {
    return raw.protect(++index, packet, 0, RtpHeader.FIXED_LENGTH, payload, PAYLOAD);
  }

  @Benchmark
  public int protect() {
    index++;
    RtpHeader.update(packet, 0, false, (int) index, 0);
    return sender.protect(index, packet, 0, RtpHeader.FIXED_LENGTH, payload, 0, PAYLOAD);
  }

  @Benchmark
  public boolean floorProtectUnprotect() throws GeneralSecurityException {
    int length = floorProtect();
    return raw.unprotect(index, packet, 0, RtpHeader.FIXED_LENGTH, length);
  }

  @Benchmark
  public int protectUnprotect() {
    return receiver.unprotect(packet, 0, protect());
  }
}
