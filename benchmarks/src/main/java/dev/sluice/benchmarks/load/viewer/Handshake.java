package dev.sluice.benchmarks.load.viewer;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
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
import org.jspecify.annotations.Nullable;

/** One viewer's DTLS client: blocks its thread from the first flight to the keys. */
public final class Handshake implements DatagramTransport {
  private static final BcTlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int LIMIT = 1_200;
  private static final int RECEIVE_LIMIT = 2_048;

  /**
   * What was agreed on.
   *
   * @param local protects what this side sends
   * @param remote protects what it receives
   * @param connection to be closed at the end
   */
  public record Keys(SrtpKeys local, SrtpKeys remote, DTLSTransport connection) {}

  private final Identity identity;
  private final List<SrtpProfile> profiles;
  private final Consumer<byte[]> out;
  private final BlockingQueue<byte[]> in = new LinkedBlockingQueue<>(64);

  /**
   * Prepares a handshake.
   *
   * @param identity the client's certificate
   * @param profiles of SRTP that are offered, the best first
   * @param out takes the datagrams to be sent
   */
  public Handshake(Identity identity, List<SrtpProfile> profiles, Consumer<byte[]> out) {
    this.identity = identity;
    this.profiles = profiles;
    this.out = out;
  }

  /**
   * Takes a datagram of the server; any thread.
   *
   * @param datagram kept
   */
  public void receive(byte[] datagram) {
    in.offer(datagram);
  }

  /**
   * Shakes hands.
   *
   * @return what was agreed on
   * @throws IOException when the two do not agree, or a flight does not come
   */
  public Keys run() throws IOException {
    Client client = new Client();
    DTLSTransport connection = new DTLSClientProtocol().connect(client, this);
    SrtpProfile profile = Objects.requireNonNull(SrtpProfile.byId(client.profile));
    byte[] keyBlock = Objects.requireNonNull(client.keyBlock);
    return new Keys(
        SrtpKeys.ofClient(profile, keyBlock), SrtpKeys.ofServer(profile, keyBlock), connection);
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return LIMIT;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    try {
      byte[] datagram = in.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null) {
        return -1;
      }
      int size = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, buffer, offset, size);
      return size;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    out.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() {}

  private final class Client extends DefaultTlsClient implements TlsAuthentication {
    private int profile;
    private byte @Nullable [] keyBlock;

    Client() {
      super(CRYPTO);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
      return TIMEOUT_MILLIS;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions = super.getClientExtensions();
      int[] ids = profiles.stream().mapToInt(SrtpProfile::id).toArray();
      TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, new byte[0]));
      return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
      super.processServerExtensions(extensions);
      profile = TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles()[0];
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      int length = Objects.requireNonNull(SrtpProfile.byId(profile)).keyBlockLength();
      keyBlock = context.exportKeyingMaterial("EXTRACTOR-dtls_srtp", null, length);
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) {}

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
      ECPrivateKeyParameters key =
          (ECPrivateKeyParameters) PrivateKeyFactory.createKey(identity.privateKey().getEncoded());
      TlsCertificate certificate = CRYPTO.createCertificate(identity.certificate());
      return new DefaultTlsCredentialedSigner(
          new TlsCryptoParameters(context),
          new BcTlsECDSASigner(CRYPTO, key),
          new Certificate(new TlsCertificate[] {certificate}),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
  }
}
