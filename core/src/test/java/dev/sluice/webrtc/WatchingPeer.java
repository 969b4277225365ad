package dev.sluice.webrtc;

import dev.sluice.SampleOffer;
import dev.sluice.Viewer;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunMessage;
import dev.sluice.ice.StunWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A viewer on a real socket that checks, shakes hands and receives pictures. */
public final class WatchingPeer implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int RTP = 2;
  private static final int MARKER = 0x80;

  private final IceCredentials own = IceCredentials.generate(new SecureRandom());
  private final StunAuthenticator authenticator = new StunAuthenticator();
  private final StunMessage message = new StunMessage();
  private final DtlsClient dtls = new DtlsClient();
  private Wire wire;
  private boolean checked;
  private int pictures;
  private int packets;
  private int missing;
  private int newest = -1;
  private int firstTimestamp;
  private int mediaTime;

  /**
   * A viewer over UDP.
   *
   * @throws Exception when its socket cannot be opened
   */
  public WatchingPeer() throws Exception {
    this(new UdpWire());
  }

  private WatchingPeer(Wire wire) throws Exception {
    this.wire = wire;
  }

  /**
   * {@return a viewer over TCP}
   *
   * @throws Exception never
   */
  public static WatchingPeer overTcp() throws Exception {
    return new WatchingPeer(new TcpWire());
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
    long start = System.nanoTime();
    check(viewer, engine);
    while (pictures == 0) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new AssertionError("no picture came");
      }
      step(engine);
    }
  }

  /**
   * Sends a check that nominates.
   *
   * @param viewer the engine's side of it
   * @param engine where that is
   * @throws IOException when the network fails
   */
  public void check(Viewer viewer, InetSocketAddress engine) throws IOException {
    String answer = viewer.answer();
    sendCheck(
        new IceCredentials(attribute(answer, "ice-ufrag"), attribute(answer, "ice-pwd")), engine);
  }

  /**
   * Does what is to be done now.
   *
   * @param engine where the engine is
   * @return whether a packet had come
   * @throws IOException when the network fails
   */
  public boolean step(InetSocketAddress engine) throws IOException {
    sendHandshake(engine);
    byte[] packet = wire.receive();
    if (packet != null) {
      receive(packet, engine);
    }
    return packet != null;
  }

  /**
   * Goes on by another connection.
   *
   * @throws IOException when the network fails
   */
  public void loseConnection() throws IOException {
    wire.close();
    wire = new TcpWire();
  }

  /** {@return from the first picture to the newest one, in ticks} */
  public int mediaTime() {
    return mediaTime;
  }

  /** {@return pictures that have come} */
  public int pictures() {
    return pictures;
  }

  /** {@return media packets that have come} */
  public int packets() {
    return packets;
  }

  /** {@return sequence numbers that were left out} */
  public int missing() {
    return missing;
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

  private void receive(byte[] datagram, InetSocketAddress engine) throws IOException {
    if (Stun.isStun(datagram[0])) {
      receiveStun(datagram, engine);
    } else if ((datagram[0] & 0xFF) >> 6 == RTP) {
      if (!isRtcp(datagram)) {
        receiveMedia(datagram);
      }
    } else {
      dtls.receive(datagram);
    }
  }

  private void receiveMedia(byte[] datagram) {
    int sequence = (datagram[2] & 0xFF) << 8 | (datagram[3] & 0xFF);
    missing += newest < 0 ? 0 : (sequence - newest - 1) & 0xFFFF;
    newest = sequence;
    packets++;
    if ((datagram[1] & MARKER) != 0) {
      int timestamp = ByteBuffer.wrap(datagram).getInt(4);
      firstTimestamp = pictures == 0 ? timestamp : firstTimestamp;
      mediaTime = timestamp - firstTimestamp;
      pictures++;
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
    wire.send(datagram, engine);
  }

  private static String attribute(String sdp, String name) {
    Matcher found = Pattern.compile("a=" + name + ":(\\S+)").matcher(sdp);
    if (!found.find()) {
      throw new AssertionError("no " + name);
    }
    return found.group(1);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
