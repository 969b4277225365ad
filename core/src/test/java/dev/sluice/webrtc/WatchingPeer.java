package dev.sluice.webrtc;

import dev.sluice.SampleOffer;
import dev.sluice.Viewer;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunMessage;
import dev.sluice.ice.StunWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A viewer on a real socket that checks, shakes hands and waits for its first picture. */
public final class WatchingPeer implements AutoCloseable {
  private static final int POLL_MILLIS = 5;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int RTP = 2;
  private static final int MARKER = 0x80;
  private static final int LAST_PAYLOAD_TYPE_BEFORE_RTCP = 63;

  private final IceCredentials own = IceCredentials.generate(new SecureRandom());
  private final StunAuthenticator authenticator = new StunAuthenticator();
  private final StunMessage message = new StunMessage();
  private final byte[] buffer = new byte[2_048];
  private final DtlsClient dtls = new DtlsClient();
  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private boolean checked;
  private boolean pictureCame;

  /**
   * Opens its socket.
   *
   * @throws Exception when it cannot
   */
  public WatchingPeer() throws Exception {
    socket.setSoTimeout(POLL_MILLIS);
  }

  /** {@return what it offers} */
  public String offer() {
    return SampleOffer.text()
        .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:" + own.ufrag())
        .replaceAll("a=ice-pwd:.*", "a=ice-pwd:" + own.pwd())
        .replaceAll("a=fingerprint:.*", "a=fingerprint:" + dtls.fingerprint());
  }

  /**
   * Connects, and returns when its first picture has come.
   *
   * @param viewer the engine's side of it
   * @param engine where that is
   * @throws IOException when the network fails
   */
  public void watch(Viewer viewer, InetSocketAddress engine) throws IOException {
    IceCredentials remote =
        new IceCredentials(
            attribute(viewer.answer(), "ice-ufrag"), attribute(viewer.answer(), "ice-pwd"));
    long start = System.nanoTime();
    sendCheck(remote, engine);
    while (!pictureCame) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new AssertionError("no picture came");
      }
      sendHandshake(engine);
      receive(engine);
    }
  }

  /**
   * Says goodbye.
   *
   * @param engine whom to
   * @throws IOException when the network fails
   */
  public void leave(InetSocketAddress engine) throws IOException {
    send(dtls.goodbye(), engine);
  }

  private void receive(InetSocketAddress engine) throws IOException {
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException nothing) {
      return;
    }
    byte[] datagram = Arrays.copyOf(buffer, packet.getLength());
    if (Stun.isStun(datagram[0])) {
      receiveStun(datagram, engine);
    } else if ((datagram[0] & 0xFF) >> 6 == RTP) {
      boolean rtcp = (datagram[1] & ~MARKER) > LAST_PAYLOAD_TYPE_BEFORE_RTCP && isRtcp(datagram);
      pictureCame |= !rtcp && (datagram[1] & MARKER) != 0;
    } else {
      dtls.receive(datagram);
    }
  }

  /** RFC 5761, section 4 */
  private static boolean isRtcp(byte[] datagram) {
    int type = datagram[1] & 0xFF;
    return type >= 192 && type <= 223;
  }

  private void receiveStun(byte[] datagram, InetSocketAddress engine) throws IOException {
    if (!message.parse(datagram, 0, datagram.length)) {
      return;
    }
    if (message.messageType() == Stun.BINDING_REQUEST) {
      byte[] answer = new byte[128];
      int length =
          new StunWriter()
              .beginResponse(answer, 0, Stun.BINDING_SUCCESS, message)
              .xorMappedAddress(engine)
              .integrity(authenticator, own)
              .fingerprint()
              .length();
      send(Arrays.copyOf(answer, length), engine);
    } else if (!checked) {
      checked = true;
      dtls.start();
    }
  }

  private void sendHandshake(InetSocketAddress engine) throws IOException {
    for (byte[] flight = dtls.poll(); flight != null; flight = dtls.poll()) {
      send(flight, engine);
    }
  }

  private void sendCheck(IceCredentials remote, InetSocketAddress engine) throws IOException {
    byte[] check = new byte[512];
    int length =
        new StunWriter()
            .begin(check, 0, Stun.BINDING_REQUEST, new byte[Stun.TRANSACTION_ID_LENGTH], 0)
            .username(remote.ufrag(), own.ufrag())
            .priority(1)
            .controlling(1)
            .useCandidate()
            .integrity(authenticator, remote)
            .fingerprint()
            .length();
    send(Arrays.copyOf(check, length), engine);
  }

  private void send(byte[] datagram, InetSocketAddress engine) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, engine));
  }

  private static String attribute(String sdp, String name) {
    Matcher found = Pattern.compile("a=" + name + ":(\\S+)").matcher(sdp);
    if (!found.find()) {
      throw new AssertionError("no " + name);
    }
    return found.group(1);
  }

  @Override
  public void close() {
    socket.close();
  }
}
