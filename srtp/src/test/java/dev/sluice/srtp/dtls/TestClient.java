package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * Bouncy Castle's DTLS client without threads and clocks: with each datagram its handshake runs
 * anew over everything received so far, with the same random numbers, and what it sends beyond what
 * it had sent before is new. It answers repeated flights by itself; the timer is the test's.
 */
final class TestClient {
  private final TestTlsClient.Offer offer;
  private final long seed;
  private final int sendLimit;
  private final List<byte[]> received = new ArrayList<>();
  private final Queue<byte[]> transmit = new ArrayDeque<>();
  private List<byte[]> flight = List.of();
  private int recordsSent;
  private long sequence;
  private TestTlsClient tls;
  private Transport transport;
  private DTLSTransport connection;
  private IOException failure;

  TestClient(TestTlsClient.Offer offer, long seed, int sendLimit) {
    this.offer = offer;
    this.seed = seed;
    this.sendLimit = sendLimit;
  }

  void start() {
    run();
  }

  void receive(byte[] datagram) {
    if (connection != null) {
      transport.inbound.add(datagram);
      try {
        connection.receive(new byte[2048], 0, 2048, 1);
      } catch (IOException e) {
        // Nothing is left, or an alert: the client knows.
      }
      emit(transport.takeSent());
    } else if (failure == null) {
      received.add(datagram);
      run();
    }
  }

  /** Sends the last flight again, as upon a timeout. */
  void resend() {
    for (byte[] record : flight) {
      enqueue(record.clone());
    }
  }

  void close() throws IOException {
    connection.close();
    emit(transport.takeSent());
  }

  /** Returns the next datagram, or null. */
  byte[] poll() {
    return transmit.poll();
  }

  boolean isConnected() {
    return connection != null;
  }

  IOException failure() {
    return failure;
  }

  TestTlsClient tls() {
    return tls;
  }

  SrtpKeys localKeys() {
    return SrtpKeys.ofClient(SrtpProfile.byId(tls.profile), tls.keyBlock);
  }

  SrtpKeys remoteKeys() {
    return SrtpKeys.ofServer(SrtpProfile.byId(tls.profile), tls.keyBlock);
  }

  private void run() {
    tls = new TestTlsClient(new RepeatableCrypto(random(seed), random(~seed)), offer);
    transport = new Transport(received);
    try {
      connection = new DTLSClientProtocol().connect(tls, transport);
    } catch (InterruptedIOException e) {
      // More has to come.
    } catch (IOException e) {
      failure = e;
    }
    List<byte[]> sent = transport.takeSent();
    emit(sent.subList(Math.min(recordsSent, sent.size()), sent.size()));
    recordsSent = sent.size();
  }

  private void emit(List<byte[]> records) {
    if (!records.isEmpty()) {
      flight = List.copyOf(records);
      records.forEach(record -> enqueue(record.clone()));
    }
  }

  private void enqueue(byte[] record) {
    if (DtlsRecord.epoch(record, 0) == 0) {
      DtlsRecord.sequence(record, 0, sequence++);
    }
    transmit.add(record);
  }

  static SecureRandom random(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(new byte[] {(byte) (seed >> 8), (byte) seed});
      return random;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Transport implements DatagramTransport {
    private final Queue<byte[]> inbound;
    private List<byte[]> sent = new ArrayList<>();
    private boolean exhausted;

    Transport(List<byte[]> inbound) {
      this.inbound = new ArrayDeque<>(inbound);
    }

    List<byte[]> takeSent() {
      List<byte[]> result = sent;
      sent = new ArrayList<>();
      exhausted = false;
      return result;
    }

    @Override
    public int getReceiveLimit() {
      return 2048;
    }

    @Override
    public int getSendLimit() {
      return sendLimit;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      byte[] datagram = inbound.poll();
      if (datagram == null) {
        exhausted = true;
        throw new InterruptedIOException();
      }
      System.arraycopy(datagram, 0, buffer, offset, datagram.length);
      return datagram.length;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      if (!exhausted) {
        sent.add(Arrays.copyOfRange(buffer, offset, offset + length));
      }
    }

    @Override
    public void close() {}
  }

  private static final class RepeatableCrypto extends JcaTlsCrypto {
    private final SecureRandom nonceRandom;

    RepeatableCrypto(SecureRandom keyRandom, SecureRandom nonceRandom) {
      super(new DefaultJcaJceHelper(), keyRandom, nonceRandom);
      this.nonceRandom = nonceRandom;
    }

    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
      return size -> {
        byte[] nonce = new byte[size];
        nonceRandom.nextBytes(nonce);
        return nonce;
      };
    }
  }
}
