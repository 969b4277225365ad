package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsKeyExchangeFactory;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rules of the handshake where this side is the server. */
final class SrtpTlsServer extends DefaultTlsServer implements TlsSide {
  private static final byte[] NO_MKI = {};
  private static final short NOT_OFFERED = -1;

  private final TlsParameters parameters;
  private final Ephemeral ephemeral;
  private final SrtpNegotiation negotiation;

  SrtpTlsServer(
      TlsParameters parameters, Ephemeral ephemeral, List<Fingerprint> clientFingerprints) {
    super(ephemeral.crypto());
    this.parameters = parameters;
    this.ephemeral = ephemeral;
    negotiation = new SrtpNegotiation(clientFingerprints);
  }

  @Override
  public void shakeHands(DatagramTransport transport) throws IOException {
    new DTLSServerProtocol().accept(this, transport);
  }

  @Override
  public SrtpNegotiation negotiation() {
    return negotiation;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return parameters.cipherSuites();
  }

  @Override
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  /** RFC 7627: the keys are exported, which is safe with an extended master secret only. */
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  /** The fingerprint vouches for the certificate, so its own signature says nothing. */
  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  /** There is no renegotiation, so a client that cannot tell a secure one may pass (RFC 5746). */
  @Override
  public void notifySecureRenegotiation(boolean secureRenegotiation) {}

  @Override
  protected boolean allowCertificateStatus() {
    return false;
  }

  /** Never: retransmission is the session's task, on the session's clock. */
  @Override
  public int getHandshakeResendTimeMillis() {
    return Integer.MAX_VALUE;
  }

  @Override
  public TlsKeyExchangeFactory getKeyExchangeFactory() {
    return ephemeral.keyExchangeFactory();
  }

  @Override
  public TlsECConfig getECDHConfig() throws IOException {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    for (int group : parameters.groups()) {
      if (offered == null ? group == NamedGroup.secp256r1 : Arrays.contains(offered, group)) {
        return new TlsECConfig(group);
      }
    }
    throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common elliptic curve");
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return parameters.credentials(context, parameters.signer(ephemeral.crypto()));
  }

  /** Ignores max_fragment_length, as a server may: what it would limit is short anyway. */
  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    maxFragmentLengthOffered = NOT_OFFERED;
  }

  /** Answers use_srtp with the host's favourite among the profiles offered and without an MKI. */
  @Override
  @SuppressWarnings("rawtypes")
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    SrtpProfile chosen =
        negotiation.agree(
            choose(TlsSRTPUtils.getUseSRTPExtension(clientExtensions)),
            AlertDescription.handshake_failure);
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {chosen.id()}, NO_MKI));
    return extensions;
  }

  private @Nullable SrtpProfile choose(@Nullable UseSRTPData offer) {
    if (offer != null) {
      for (SrtpProfile candidate : parameters.profiles) {
        if (Arrays.contains(offer.getProtectionProfiles(), candidate.id())) {
          return candidate;
        }
      }
    }
    return null;
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(types, parameters.peerSignatures(), null);
  }

  @Override
  public void notifyClientCertificate(Certificate chain) throws IOException {
    negotiation.check(chain);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    negotiation.complete(context);
  }
}
