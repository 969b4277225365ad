package dev.sluice.benchmarks;

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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A viewer's handshake, all of the relay's share of it and nothing else. The relay draws the same
 * numbers each time, so that what a client has sent once is right again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class HandshakeBenchmark {
  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
  private DtlsServer server;
  private List<Fingerprint> fingerprints;
  private List<byte[]> client;

  @Setup
  public void prepare() throws InterruptedException {
    server =
        new DtlsServer(
            DtlsIdentity.generate(new SecureRandom(), Instant.now()),
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            TimeUnit.SECONDS.toNanos(10),
            Runnable::run,
            new SameRandom());
    RecordedClient recorded = new RecordedClient();
    fingerprints = List.of(Fingerprint.of("sha-256", recorded.certificate()));
    client = recorded.connect(server.newSession(0, fingerprints, () -> {}));
    if (!connect(newSession())) {
      throw new IllegalStateException("the handshake did not repeat itself");
    }
  }

  @Benchmark
  public SrtpKeyPair handshake() {
    DtlsSession session = newSession();
    connect(session);
    return session.takeKeys();
  }

  private DtlsSession newSession() {
    return server.newSession(0, fingerprints, () -> {});
  }

  private boolean connect(DtlsSession session) {
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
