package dev.sluice.srtp.dtls;

import java.io.IOException;
import org.bouncycastle.tls.TlsECDHEKeyExchange;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/**
 * ECDHE that makes its key, its signature and the secret once, however often it is asked for them;
 * what the client has sent for it is the same each time.
 */
final class RepeatableKeyExchange extends TlsECDHEKeyExchange {
  private byte @Nullable [] message;
  private @Nullable TlsSecret secret;

  RepeatableKeyExchange(int algorithm, TlsECConfig config) {
    super(algorithm, config);
  }

  @Override
  public byte[] generateServerKeyExchange() throws IOException {
    byte[] result = message;
    if (result == null) {
      result = super.generateServerKeyExchange();
      message = result;
    }
    return result;
  }

  /** Returns a copy, which is destroyed where it is used. */
  @Override
  public TlsSecret generatePreMasterSecret() throws IOException {
    TlsSecret result = secret;
    if (result == null) {
      result = super.generatePreMasterSecret();
      secret = result;
    }
    return context.getCrypto().adoptSecret(result);
  }
}
