package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.viewer.Answer;
import dev.sluice.benchmarks.load.viewer.CheckWriter;
import dev.sluice.benchmarks.load.viewer.Handshake;
import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunMessage;
import dev.sluice.ice.StunWriter;
import dev.sluice.srtp.SrtpProfile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A WebRTC peer's socket: checks its one pair, shakes hands, keeps consent. Used by one thread. */
final class PeerSocket implements Closeable {
  private static final List<SrtpProfile> PROFILES =
      List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);
  private static final int FIRST_RTP_BYTE = 128;
  private static final int LARGEST_DATAGRAM = 2_048;
  private static final long POLL_NANOS = 500_000;
  private static final long RETRY_NANOS = 100_000_000;
  private static final long CONSENT_NANOS = 4_000_000_000L;
  private static final long TIMEOUT_NANOS = 30_000_000_000L;

  private final IceCredentials local;
  private final Answer answer;
  private final DatagramChannel channel;
  private final Handshake handshake;
  private final Random random;
  private final long tieBreaker;
  private final StunAuthenticator authenticator = new StunAuthenticator();
  private final CheckWriter checks = new CheckWriter(new StunWriter(), authenticator);
  private final StunMessage stun = new StunMessage();
  private final byte[] check = new byte[LARGEST_DATAGRAM];
  private final byte[] transactionId = new byte[Stun.TRANSACTION_ID_LENGTH];
  private long nextCheck = System.nanoTime();
  private boolean isChecked;
  private Handshake.@Nullable Keys keys;

  /**
   * Opens a socket.
   *
   * @param local ICE credentials of this side
   * @param answer of the relay
   * @param identity this side's certificate
   * @param seed of its random numbers
   * @throws IOException if there is no socket
   */
  PeerSocket(IceCredentials local, Answer answer, Identity identity, long seed) throws IOException {
    this.local = local;
    this.answer = answer;
    random = new Random(seed);
    tieBreaker = random.nextLong();
    channel =
        DatagramChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .connect(answer.remote());
    channel.configureBlocking(false);
    handshake = new Handshake(identity, PROFILES, this::send);
  }

  /** takes the datagrams of media */
  DatagramChannel channel() {
    return channel;
  }

  /** Waits until media can be sent. */
  Handshake.Keys connect() throws IOException {
    byte[] media = new byte[LARGEST_DATAGRAM];
    CompletableFuture<Handshake.Keys> shaken = new CompletableFuture<>();
    boolean isShaking = false;
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    while (!shaken.isDone()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("the relay does not answer");
      }
      receive(media);
      if (isChecked && !isShaking) {
        isShaking = true;
        new Thread(() -> shakeHands(shaken), "publisher-handshake").start();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    try {
      keys = shaken.get();
      return keys;
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void shakeHands(CompletableFuture<Handshake.Keys> shaken) {
    try {
      shaken.complete(handshake.run());
    } catch (IOException | RuntimeException e) {
      shaken.completeExceptionally(e);
    }
  }

  /**
   * Reads what came, up to the first datagram of media or reports, and checks the pair when that is
   * due.
   *
   * @param datagram receives it
   * @return its length, 0 when there is none
   */
  int receive(byte[] datagram) throws IOException {
    long now = System.nanoTime();
    if (now - nextCheck >= 0) {
      sendCheck(now);
    }
    int length = channel.read(ByteBuffer.wrap(datagram));
    while (length > 0 && (datagram[0] & 0xFF) < FIRST_RTP_BYTE) {
      if (!Stun.isStun(datagram[0])) {
        handshake.receive(Arrays.copyOf(datagram, length));
      } else if (stun.parse(datagram, 0, length)
          && stun.messageType() == Stun.BINDING_SUCCESS
          && authenticator.verify(stun, answer.credentials())) {
        isChecked = true;
      }
      length = channel.read(ByteBuffer.wrap(datagram));
    }
    return length;
  }

  private void sendCheck(long now) throws IOException {
    nextCheck = now + (isChecked ? CONSENT_NANOS : RETRY_NANOS);
    random.nextBytes(transactionId);
    int length =
        checks.write(check, transactionId, local.ufrag(), answer.credentials(), tieBreaker);
    channel.write(ByteBuffer.wrap(check, 0, length));
  }

  private void send(byte[] datagram) {
    try {
      channel.write(ByteBuffer.wrap(datagram));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says goodbye. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (keys != null) {
        keys.connection().close();
      }
    }
  }
}
