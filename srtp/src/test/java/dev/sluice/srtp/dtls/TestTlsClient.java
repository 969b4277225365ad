package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsRSASigner;

/** What a browser would say in its handshake, and how it can be made to differ. */
final class TestTlsClient extends DefaultTlsClient {

  /** The client's side of the negotiation. */
  static final class Offer {
    PrivateKey privateKey;
    byte[] certificate;
    List<SrtpProfile> profiles = List.of(SrtpProfile.AEAD_AES_128_GCM);
    byte[] mki = {};
    ProtocolVersion[] versions = ProtocolVersion.DTLSv12.only();
    int[] cipherSuites;
    int[] groups;
    boolean extendedMasterSecret = true;
    final Hashtable<Integer, byte[]> extensions = new Hashtable<>();

    Offer(DtlsIdentity identity) {
      if (identity != null) {
        privateKey = identity.privateKey();
        certificate = identity.certificate();
      }
    }
  }

  private final JcaTlsCrypto crypto;
  private final Offer offer;
  int cipherSuite;
  int profile;
  byte[] mki;
  byte[] serverCertificate;
  byte[] keyBlock;
  short alertReceived = -1;

  TestTlsClient(JcaTlsCrypto crypto, Offer offer) {
    super(crypto);
    this.crypto = crypto;
    this.offer = offer;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return offer.versions;
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return offer.cipherSuites == null ? super.getSupportedCipherSuites() : offer.cipherSuites;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return Integer.MAX_VALUE;
  }

  @Override
  @SuppressWarnings({"rawtypes"})
  protected Vector getSupportedGroups(Vector roles) {
    return offer.groups == null
        ? super.getSupportedGroups(roles)
        : new Vector<>(Arrays.stream(offer.groups).boxed().toList());
  }

  @Override
  public boolean shouldUseExtendedMasterSecret() {
    return offer.extendedMasterSecret;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    if (!offer.profiles.isEmpty()) {
      int[] ids = offer.profiles.stream().mapToInt(SrtpProfile::id).toArray();
      TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, offer.mki));
    }
    extensions.putAll(offer.extensions);
    return extensions;
  }

  @Override
  public void notifySelectedCipherSuite(int selected) {
    super.notifySelectedCipherSuite(selected);
    cipherSuite = selected;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    UseSRTPData srtp = TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (srtp != null) {
      profile = srtp.getProtectionProfiles()[0];
      mki = srtp.getMki();
    }
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SrtpProfile negotiated = SrtpProfile.byId(profile);
    if (offer.extendedMasterSecret && negotiated != null) {
      keyBlock =
          context.exportKeyingMaterial("EXTRACTOR-dtls_srtp", null, negotiated.keyBlockLength());
    }
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    alertReceived = description;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        serverCertificate = server.getCertificate().getCertificateAt(0).getEncoded();
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return offer.certificate == null ? null : credentials();
      }
    };
  }

  private TlsCredentials credentials() throws IOException {
    boolean rsa = offer.privateKey.getAlgorithm().equals("RSA");
    short algorithm = rsa ? SignatureAlgorithm.rsa : SignatureAlgorithm.ecdsa;
    BcTlsCrypto curves = new BcTlsCrypto(TestClient.random(6));
    Certificate chain =
        new Certificate(new TlsCertificate[] {curves.createCertificate(offer.certificate)});
    return new DefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        rsa
            ? new JcaTlsRSASigner(crypto, offer.privateKey)
            : new BcTlsECDSASigner(
                curves,
                (ECPrivateKeyParameters)
                    PrivateKeyFactory.createKey(offer.privateKey.getEncoded())),
        chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, algorithm));
  }
}
