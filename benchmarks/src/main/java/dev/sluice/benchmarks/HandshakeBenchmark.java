package dev.sluice.benchmarks;

import dev.sluice.benchmarks.load.viewer.Handshake;
import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.DtlsStatus;
import dev.sluice.srtp.dtls.Fingerprint;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A viewer's handshake, all of the relay's share of it in the benchmark's thread. The client has a
 * thread of its own, so it is the worker's CPU time that counts, not the time on the clock.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class HandshakeBenchmark {
  private final ExecutorService clients = Executors.newSingleThreadExecutor();
  private final Identity viewer = Identity.generate();
  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
  private DtlsServer server;
  private List<Fingerprint> fingerprints;

  @Setup
  public void prepare() {
    SecureRandom random = new SecureRandom();
    server =
        new DtlsServer(
            DtlsIdentity.generate(random, Instant.now()),
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            TimeUnit.SECONDS.toNanos(10),
            Runnable::run,
            random);
    fingerprints = List.of(Fingerprint.of("sha-256", viewer.certificate()));
  }

  @TearDown
  public void end() {
    clients.shutdownNow();
  }

  @Benchmark
  public SrtpKeyPair handshake() throws InterruptedException {
    BlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();
    Handshake client = new Handshake(viewer, toServer::add);
    clients.execute(() -> connect(client));
    DtlsSession session = server.newSession(0, fingerprints, () -> {});
    while (session.status() != DtlsStatus.CONNECTED) {
      byte[] datagram = toServer.take();
      session.handle(0, datagram, 0, datagram.length);
      session.handleTimeout(0);
      for (int length; (length = session.pollTransmit(out)) > 0; ) {
        client.receive(Arrays.copyOf(out, length));
      }
    }
    return session.takeKeys();
  }

  private static void connect(Handshake client) {
    try {
      client.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
