package dev.sluice.srtp.dtls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.tls.TlsECDHEKeyExchange;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/**
 * ECDHE that makes its key, a server's signature and the secret once, however often it is asked for
 * them; what the peer has sent for it is the same each time.
 */
final class RepeatableKeyExchange extends TlsECDHEKeyExchange {
  private byte @Nullable [] message;
  private @Nullable TlsSecret secret;

  /** A server's. */
  RepeatableKeyExchange(int algorithm, TlsECConfig config) {
    super(algorithm, config);
  }

  /** A client's. */
  RepeatableKeyExchange(int algorithm) {
    super(algorithm);
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

  @Override
  public void generateClientKeyExchange(OutputStream output) throws IOException {
    byte[] result = message;
    if (result == null) {
      ByteArrayOutputStream made = new ByteArrayOutputStream();
      super.generateClientKeyExchange(made);
      result = made.toByteArray();
      message = result;
    }
    output.write(result);
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
