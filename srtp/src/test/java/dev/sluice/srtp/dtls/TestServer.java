package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Vector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsECDSASigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsRSASigner;

/**
 * Bouncy Castle's own DTLS server as it is meant to be used: it blocks a thread where it waits, and
 * first has the client show by a cookie that it receives (RFC 6347, section 4.2.1).
 */
final class TestServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;
  private static final int LARGEST = 2_048;

  final BlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();

  private final JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(TestClient.random(5));
  private final PrivateKey key;
  private final byte[] certificate;
  private final SrtpProfile profile;
  private final Thread thread = new Thread(this::serve, "blocking-dtls-server");
  private volatile byte[] keyBlock;
  private volatile byte[] clientCertificate;
  private volatile IOException failure;
  private volatile DTLSTransport connection;

  TestServer(PrivateKey key, byte[] certificate, SrtpProfile profile) {
    this.key = key;
    this.certificate = certificate;
    this.profile = profile;
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the end of the handshake, whichever. */
  void join() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }

  boolean isConnected() {
    return connection != null;
  }

  IOException failure() {
    return failure;
  }

  byte[] clientCertificate() {
    return clientCertificate;
  }

  SrtpKeys localKeys() {
    return SrtpKeys.ofServer(profile, keyBlock);
  }

  SrtpKeys remoteKeys() {
    return SrtpKeys.ofClient(profile, keyBlock);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void serve() {
    Transport transport = new Transport();
    try {
      connection = new DTLSServerProtocol().accept(new Rules(), transport, verify(transport));
    } catch (IOException e) {
      failure = e;
    }
  }

  private DTLSRequest verify(Transport transport) throws IOException {
    DTLSVerifier verifier = new DTLSVerifier(crypto);
    byte[] buffer = new byte[LARGEST];
    while (true) {
      int length = transport.receive(buffer, 0, buffer.length, PATIENCE_SECONDS * 1_000);
      if (length < 0) {
        throw new IOException("no client came");
      }
      DTLSRequest request = verifier.verifyRequest(new byte[] {1}, buffer, 0, length, transport);
      if (request != null) {
        return request;
      }
    }
  }

  private final class Transport implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return LARGEST;
    }

    @Override
    public int getSendLimit() {
      return DtlsServer.MAX_DATAGRAM;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      try {
        byte[] datagram = toServer.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (datagram == null) {
          return -1;
        }
        System.arraycopy(datagram, 0, buffer, offset, datagram.length);
        return datagram.length;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      toClient.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {}
  }

  private final class Rules extends DefaultTlsServer {
    Rules() {
      super(TestServer.this.crypto);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getServerExtensions() throws IOException {
      Hashtable extensions = super.getServerExtensions();
      UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(clientExtensions);
      if (offered != null && profile != null) {
        TlsSRTPUtils.addUseSRTPExtension(
            extensions, new UseSRTPData(new int[] {profile.id()}, new byte[0]));
      }
      return extensions;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public CertificateRequest getCertificateRequest() {
      Vector algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
      return new CertificateRequest(
          new short[] {ClientCertificateType.ecdsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
      clientCertificate = chain.getCertificateAt(0).getEncoded();
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
      return credentials(
          new JcaTlsECDSASigner(TestServer.this.crypto, key), SignatureAlgorithm.ecdsa);
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
      return credentials(new JcaTlsRSASigner(TestServer.this.crypto, key), SignatureAlgorithm.rsa);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
      return new int[] {
        key.getAlgorithm().equals("EC")
            ? CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
            : CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      };
    }

    private TlsCredentialedSigner credentials(TlsSigner signer, short algorithm)
        throws IOException {
      Certificate chain =
          new Certificate(
              new TlsCertificate[] {TestServer.this.crypto.createCertificate(certificate)});
      return new DefaultTlsCredentialedSigner(
          new TlsCryptoParameters(context),
          signer,
          chain,
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, algorithm));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      if (profile != null) {
        keyBlock =
            context.exportKeyingMaterial("EXTRACTOR-dtls_srtp", null, profile.keyBlockLength());
      }
    }
  }
}
