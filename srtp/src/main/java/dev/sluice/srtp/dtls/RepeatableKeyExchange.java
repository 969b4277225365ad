package dev.sluice.srtp.dtls;

import java.io.IOException;
import org.bouncycastle.tls.TlsECDHEKeyExchange;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.jspecify.annotations.Nullable;

/** ECDHE that makes its key and its signature once, however often it is asked for its message. */
final class RepeatableKeyExchange extends TlsECDHEKeyExchange {
  private byte @Nullable [] message;

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
}
