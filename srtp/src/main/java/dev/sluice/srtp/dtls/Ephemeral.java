package dev.sluice.srtp.dtls;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.tls.DefaultTlsKeyExchangeFactory;
import org.bouncycastle.tls.TlsKeyExchange;
import org.bouncycastle.tls.TlsKeyExchangeFactory;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake draws at random, kept for as long as it is under way, so that running it again
 * sends the same first flight. Used by one run at a time.
 */
final class Ephemeral {
  private final Supplier<TlsParameters> parameters;
  private @Nullable RepeatableCrypto crypto;
  private @Nullable RepeatableKeyExchange keyExchange;
  private @Nullable List<byte[]> firstFlight;

  Ephemeral(Supplier<TlsParameters> parameters) {
    this.parameters = parameters;
  }

  RepeatableCrypto crypto() {
    RepeatableCrypto made = crypto;
    if (made == null) {
      made = new RepeatableCrypto(parameters.get());
      crypto = made;
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
    };
  }

  /**
   * Takes all that a run has sent; returns what the first run has not sent already.
   *
   * @throws IllegalStateException when the first run's flight was not repeated
   */
  List<byte[]> unsent(List<byte[]> sent) {
    List<byte[]> first = firstFlight;
    if (first == null) {
      firstFlight = sent;
      return sent;
    }
    for (int i = 0; i < first.size(); i++) {
      if (i >= sent.size() || !Arrays.equals(first.get(i), sent.get(i))) {
        throw new IllegalStateException("the handshake did not repeat itself");
      }
    }
    return List.copyOf(sent.subList(first.size(), sent.size()));
  }
}
