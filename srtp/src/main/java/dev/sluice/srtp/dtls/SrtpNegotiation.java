package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.jspecify.annotations.Nullable;

/** What DTLS-SRTP adds to a handshake on either side (RFC 5763, RFC 5764), and why one failed. */
final class SrtpNegotiation {
  private static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  private final List<Fingerprint> fingerprints;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeyPair keys;
  private DtlsFailure.Reason failure = DtlsFailure.Reason.PROTOCOL;

  /** Begins with the fingerprints of the peer's certificate. */
  SrtpNegotiation(List<Fingerprint> fingerprints) {
    this.fingerprints = fingerprints;
  }

  /** A protection profile was negotiated, which is returned, or none, which is the end. */
  SrtpProfile agree(@Nullable SrtpProfile chosen, short alert) throws IOException {
    if (chosen == null) {
      failure = DtlsFailure.Reason.NO_SRTP_PROFILE;
      throw new TlsFatalAlert(alert, "no common SRTP profile");
    }
    profile = chosen;
    return chosen;
  }

  /** Lets no certificate pass but the one that was signalled (RFC 8122, section 5). */
  void check(Certificate chain) throws IOException {
    String refusal = chain.isEmpty() ? "no certificate" : refusal(chain.getCertificateAt(0));
    if (refusal != null) {
      failure = DtlsFailure.Reason.CERTIFICATE;
      throw new TlsFatalAlert(AlertDescription.bad_certificate, refusal);
    }
  }

  private @Nullable String refusal(TlsCertificate certificate) throws IOException {
    byte[] encoded = certificate.getEncoded();
    if (fingerprints.stream().noneMatch(f -> f.matches(encoded))) {
      return "certificate is not the one signalled";
    }
    return PeerKeys.isAcceptable(certificate) ? null : "key of an unsupported kind or size";
  }

  /** The handshake is complete: takes the keys from it (RFC 5764, section 4.2). */
  void complete(TlsContext context) throws IOException {
    SrtpProfile negotiated = profile;
    if (negotiated == null) {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
    byte[] keyBlock =
        context.exportKeyingMaterial(EXPORTER_LABEL, null, negotiated.keyBlockLength());
    SrtpKeys client = SrtpKeys.ofClient(negotiated, keyBlock);
    SrtpKeys server = SrtpKeys.ofServer(negotiated, keyBlock);
    Arrays.fill(keyBlock, (byte) 0);
    keys = context.isServer() ? new SrtpKeyPair(server, client) : new SrtpKeyPair(client, server);
  }

  /** Returns the exported SRTP keys, once. */
  SrtpKeyPair takeKeys() {
    SrtpKeyPair result = keys;
    if (result == null) {
      throw new IllegalStateException("the handshake is not complete");
    }
    keys = null;
    return result;
  }

  /** Returns why the handshake failed, given that it did. */
  DtlsFailure.Reason failure() {
    return failure;
  }
}
