package dev.sluice.webrtc;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.Fingerprint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Hashtable;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.ExporterLabel;
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
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsECDSASigner;
import org.jspecify.annotations.Nullable;

/** The DTLS client of a peer. It blocks a thread of its own; datagrams go through queues. */
public final class DtlsClient implements DatagramTransport {
  private static final JcaTlsCrypto CRYPTO = new JcaTlsCryptoProvider().create(new SecureRandom());
  private static final byte[] END = {};
  private static final int SECONDS = 20;

  private final KeyPair keys;
  private final byte[] certificate;
  private final BlockingQueue<byte[]> in = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
  private volatile @Nullable SrtpKeys keysOfClient;
  private volatile @Nullable SrtpKeys keysOfServer;
  private final CompletableFuture<DTLSTransport> association = new CompletableFuture<>();

  /** a client with keys of its own */
  public static DtlsClient create() {
    try {
      return new DtlsClient();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  DtlsClient() throws Exception {
    keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    X500Name name = new X500Name("CN=viewer");
    Instant now = Instant.now();
    certificate =
        new X509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
  }

  public Fingerprint fingerprint() {
    return Fingerprint.of("sha-256", certificate);
  }

  public void start() {
    Thread thread = new Thread(this::handshake, "dtls-peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** what the viewer encrypts with, once its handshake is complete */
  public SrtpKeys srtpKeys() {
    return Objects.requireNonNull(keysOfClient);
  }

  /** what the engine encrypts with, once the handshake is complete */
  public SrtpKeys srtpKeysOfServer() {
    return Objects.requireNonNull(keysOfServer);
  }

  /** the next datagram to the server, null when the handshake has ended */
  public byte[] next() throws InterruptedException {
    byte[] datagram = out.poll(SECONDS, TimeUnit.SECONDS);
    return datagram == END ? null : datagram;
  }

  /** a datagram to the server that is there already, or null */
  @Nullable byte[] poll() {
    byte[] datagram = out.poll();
    return datagram == END ? null : datagram;
  }

  public void receive(byte[] datagram) {
    in.add(datagram);
  }

  /** the viewer's close_notify, once its handshake is complete */
  public byte[] goodbye() throws IOException {
    association.orTimeout(SECONDS, TimeUnit.SECONDS).join().close();
    byte[] datagram = out.remove();
    return datagram == END ? out.remove() : datagram;
  }

  private void handshake() {
    try {
      association.complete(new DTLSClientProtocol().connect(new Client(), this));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      out.add(END);
    }
  }

  @Override
  public int getReceiveLimit() {
    return 2_048;
  }

  @Override
  public int getSendLimit() {
    return 1_200;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    try {
      byte[] datagram = in.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null) {
        return -1;
      }
      System.arraycopy(datagram, 0, buffer, offset, datagram.length);
      return datagram.length;
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    out.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() {}

  private final class Client extends DefaultTlsClient implements TlsAuthentication {

    Client() {
      super(CRYPTO);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions = super.getClientExtensions();
      int[] profiles = {SrtpProfile.AEAD_AES_128_GCM.id()};
      TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, new byte[0]));
      return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      int length = SrtpProfile.AEAD_AES_128_GCM.keyBlockLength();
      byte[] keyBlock = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, length);
      keysOfClient = SrtpKeys.ofClient(SrtpProfile.AEAD_AES_128_GCM, keyBlock);
      keysOfServer = SrtpKeys.ofServer(SrtpProfile.AEAD_AES_128_GCM, keyBlock);
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) {}

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
      return new DefaultTlsCredentialedSigner(
          new TlsCryptoParameters(context),
          new JcaTlsECDSASigner(CRYPTO, keys.getPrivate()),
          new Certificate(new TlsCertificate[] {CRYPTO.createCertificate(certificate)}),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
  }
}
