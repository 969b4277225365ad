package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsKeyExchangeFactory;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The rules of the handshake where this side is the client. */
final class SrtpTlsClient extends DefaultTlsClient implements TlsSide {
  private static final byte[] NO_MKI = {};

  private final TlsParameters parameters;
  private final Ephemeral ephemeral;
  private final SrtpNegotiation negotiation;

  SrtpTlsClient(
      TlsParameters parameters, Ephemeral ephemeral, List<Fingerprint> serverFingerprints) {
    super(ephemeral.crypto());
    this.parameters = parameters;
    this.ephemeral = ephemeral;
    negotiation = new SrtpNegotiation(serverFingerprints);
  }

  @Override
  public void shakeHands(DatagramTransport transport) throws IOException {
    new DTLSClientProtocol().connect(this, transport);
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
    return parameters.clientCipherSuites();
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected Vector getSupportedGroups(Vector namedGroupRoles) {
    return new Vector<>(Arrays.stream(parameters.groups()).boxed().toList());
  }

  @Override
  protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return parameters.peerSignatures();
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

  /** There is no renegotiation, so a server that cannot tell a secure one may pass (RFC 5746). */
  @Override
  public void notifySecureRenegotiation(boolean secureRenegotiation) {}

  @Override
  protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
    return null;
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
  @SuppressWarnings("rawtypes")
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    int[] profiles = parameters.profiles.stream().mapToInt(SrtpProfile::id).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, NO_MKI));
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    negotiation.agree(
        chosen(TlsSRTPUtils.getUseSRTPExtension(extensions)), AlertDescription.illegal_parameter);
  }

  /** One of those offered and no MKI, or the server broke the protocol (RFC 5764, section 4.1). */
  private @Nullable SrtpProfile chosen(@Nullable UseSRTPData answer) {
    if (answer == null
        || answer.getProtectionProfiles().length != 1
        || answer.getMki().length > 0) {
      return null;
    }
    int id = answer.getProtectionProfiles()[0];
    return parameters.profiles.stream().filter(p -> p.id() == id).findFirst().orElse(null);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        negotiation.check(server.getCertificate());
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
        boolean known = false;
        for (short type : request.getCertificateTypes()) {
          known |= type == ClientCertificateType.ecdsa_sign;
        }
        return known ? parameters.credentials(context, ephemeral.signer()) : null;
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    negotiation.complete(context);
  }
}
