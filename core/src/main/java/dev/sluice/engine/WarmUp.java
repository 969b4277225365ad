package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.loop.Failures;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does beside the start of an engine what takes long: the key of its certificate, and loading what
 * the first viewer would have to wait for.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private final Executor executor;
  private final CompletableFuture<DtlsIdentity> identity;

  WarmUp(Executor executor, SecureRandom random) {
    this.executor = executor;
    identity =
        CompletableFuture.supplyAsync(() -> DtlsIdentity.generate(random, Instant.now()), executor);
  }

  /** waits for the certificate */
  DtlsIdentity identity() {
    try {
      return identity.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  void load(DtlsServer dtls, EngineConfiguration configuration) {
    executor.execute(
        () -> {
          try {
            dtls.warmUp();
            configuration.requireCiphers();
            if (configuration.session().cipherProvider() == null
                && BouncyCastle.isFirstForPackets()) {
              LOG.warn(
                  "Packets are encrypted by Bouncy Castle, which costs some twenty times what the"
                      + " JDK's ciphers do: it is the first provider of this JVM. Name another,"
                      + " session.withCipherProvider(Security.getProvider(\"SunJCE\"))");
            }
          } catch (LinkageError e) {
            Failures.log(LOG, BouncyCastle.mismatch(WarmUp.class.getClassLoader()), e);
          } catch (Throwable e) {
            Failures.log(LOG, "viewers will not be able to connect", e);
          }
        });
  }
}
