package dev.sluice.srtp.dtls;

import java.io.IOException;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.jspecify.annotations.Nullable;

/** Signs once: what there is to sign in a handshake is the same each time it is run. */
final class RepeatableSigner implements TlsSigner {
  private final TlsSigner signer;
  private byte @Nullable [] signature;

  RepeatableSigner(TlsSigner signer) {
    this.signer = signer;
  }

  @Override
  public byte[] generateRawSignature(SignatureAndHashAlgorithm algorithm, byte[] hash)
      throws IOException {
    byte[] result = signature;
    if (result == null) {
      result = signer.generateRawSignature(algorithm, hash);
      signature = result;
    }
    return result.clone();
  }

  @Override
  public @Nullable TlsStreamSigner getStreamSigner(SignatureAndHashAlgorithm algorithm) {
    return null;
  }
}
