package dev.sluice.srtp.dtls;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.tls.DefaultTlsKeyExchangeFactory;
import org.bouncycastle.tls.TlsKeyExchange;
import org.bouncycastle.tls.TlsKeyExchangeFactory;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake draws at random, kept for as long as it is under way, so that running it again
 * sends the same flights. Used by one run at a time.
 */
final class Ephemeral {
  private final Supplier<TlsParameters> parameters;
  private final Role role;
  private @Nullable RepeatableCrypto crypto;
  private @Nullable RepeatableKeyExchange keyExchange;
  private @Nullable TlsSigner signer;
  private List<byte[]> sentBefore = List.of();

  Ephemeral(Supplier<TlsParameters> parameters, Role role) {
    this.parameters = parameters;
    this.role = role;
  }

  RepeatableCrypto crypto() {
    RepeatableCrypto made = crypto;
    if (made == null) {
      made = new RepeatableCrypto(parameters.get(), role == Role.SERVER);
      crypto = made;
    }
    return made;
  }

  /** What signs a client's CertificateVerify. */
  TlsSigner signer() {
    TlsSigner made = signer;
    if (made == null) {
      made = new RepeatableSigner(parameters.get().signer(crypto()));
      signer = made;
    }
    return made;
  }

  TlsKeyExchangeFactory keyExchangeFactory() {
    return new DefaultTlsKeyExchangeFactory() {
      @Override
      public TlsKeyExchange createECDHEKeyExchangeServer(int algorithm, TlsECConfig config) {
        RepeatableKeyExchange result = keyExchange;
        if (result == null) {
          result = new RepeatableKeyExchange(algorithm, config);
          keyExchange = result;
        }
        return result;
      }

      @Override
      public TlsKeyExchange createECDHEKeyExchangeClient(int algorithm) {
        RepeatableKeyExchange result = keyExchange;
        if (result == null) {
          result = new RepeatableKeyExchange(algorithm);
          keyExchange = result;
        }
        return result;
      }
    };
  }

  /**
   * Takes all that a run has sent; returns what the runs before have not sent already.
   *
   * @throws IllegalStateException when their flights were not repeated
   */
  List<byte[]> unsent(List<byte[]> sent) {
    List<byte[]> before = sentBefore;
    for (int i = 0; i < before.size(); i++) {
      if (i >= sent.size() || !Arrays.equals(before.get(i), sent.get(i))) {
        throw new IllegalStateException("the handshake did not repeat itself");
      }
    }
    sentBefore = sent;
    return List.copyOf(sent.subList(before.size(), sent.size()));
  }
}
