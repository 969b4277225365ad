package dev.sluice.benchmarks;

import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.DtlsStatus;
import dev.sluice.srtp.dtls.Fingerprint;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
 * A viewer's handshake, the relay's share of it. The relay draws the same numbers each time, so
 * that what a client has sent once is right again and nothing else is measured. A provider that
 * draws numbers of its own needs a client each time, which has a thread of its own: then the
 * worker's CPU time counts.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class HandshakeBenchmark {
  @Param({"JDK", "Corretto", "Conscrypt"})
  public String provider;

  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
  private DtlsServer server;
  private List<Fingerprint> fingerprints;
  private final Identity viewer = Identity.generate();
  private List<byte[]> client;
  private boolean repeatable;

  @Setup
  public void prepare() throws InterruptedException, ReflectiveOperationException {
    server =
        new DtlsServer(
            DtlsIdentity.generate(new SecureRandom(), Instant.now()),
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            TimeUnit.SECONDS.toNanos(10),
            Runnable::run,
            CipherProviders.named(provider),
            new SameRandom());
    fingerprints = List.of(Fingerprint.of("sha-256", viewer.certificate()));
    client = new RecordedClient(viewer).connect(newSession());
    repeatable = repeat(newSession());
  }

  @Benchmark
  public SrtpKeyPair handshake() throws InterruptedException {
    DtlsSession session = newSession();
    if (repeatable) {
      repeat(session);
    } else {
      new RecordedClient(viewer).connect(session);
    }
    return session.takeKeys();
  }

  private DtlsSession newSession() {
    return server.newSession(0, fingerprints, () -> {});
  }

  private boolean repeat(DtlsSession session) {
    for (byte[] datagram : client) {
      session.handle(0, datagram, 0, datagram.length);
      session.handleTimeout(0);
      while (session.pollTransmit(out) > 0) {}
    }
    return session.status() == DtlsStatus.CONNECTED;
  }

  /** not random at all */
  private static final class SameRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 0x5A);
    }
  }
}
