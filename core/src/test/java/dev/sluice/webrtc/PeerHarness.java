package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.codec.Codec;
import dev.sluice.fanout.SenderParameters;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.ice.IceContext;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunMessage;
import dev.sluice.ice.StunWriter;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.UdpSocket;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.stream.Track;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Whole sessions in virtual time: real checks and handshakes, no sockets. */
abstract class PeerHarness {
  static final long SECOND = 1_000_000_000;
  static final long MILLISECOND = 1_000_000;
  static final long STEP = 100_000_000;
  static final long CONNECT_TIMEOUT = 30 * SECOND;
  static final long CONSENT_TIMEOUT = 5 * SECOND;
  static final SenderParameters PARAMETERS = new SenderParameters(96, 1, -1, 0, -1, "0", -1);
  static final InetSocketAddress ENGINE = new InetSocketAddress("127.0.0.1", 8_189);
  static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 5_000);
  static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.1", 5_001);
  static final SecureRandom RANDOM = new SecureRandom();
  static final DtlsIdentity IDENTITY = DtlsIdentity.generate(RANDOM, Instant.now());
  static final IceCredentials REMOTE = IceCredentials.generate(RANDOM);

  final EmbeddedChannel channel = new EmbeddedChannel();
  final PeerDirectory directory = new PeerDirectory();
  final Events events = new Events();
  final StunAuthenticator authenticator = new StunAuthenticator();
  PeerSettings settings;
  PeerLoop loop;
  IceCredentials local;
  DtlsClient dtls;
  ViewerLink link = ViewerLink.unlimited();
  SendingMedia media;
  Peer session;
  long now;

  @BeforeEach
  void open() throws Exception {
    channel.freezeTime();
    EngineClock clock = new EngineClock(() -> now, 0);
    DtlsServer server =
        new DtlsServer(
            IDENTITY,
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            CONNECT_TIMEOUT,
            Runnable::run,
            RANDOM);
    settings =
        new PeerSettings(directory, server, null, SECOND, CONNECT_TIMEOUT, clock, new Random(1));
    loop = loop(channel.eventLoop(), channel);
    channel.pipeline().addLast(loop);
    openSession();
  }

  PeerLoop loop(EventLoop eventLoop, EmbeddedChannel itsChannel) {
    return new PeerLoop(
        eventLoop,
        new UdpSocket(itsChannel, false, 1_000),
        directory,
        settings.clock(),
        new IceContext(CONNECT_TIMEOUT, CONSENT_TIMEOUT, RANDOM),
        cause -> {
          throw new AssertionError(cause);
        });
  }

  /** where sessions live */
  PeerHome home() {
    return PeerHome.on(loop);
  }

  /** makes a session the one that the other methods use */
  void openSession() throws Exception {
    local = IceCredentials.generate(RANDOM);
    dtls = new DtlsClient();
    media = new SendingMedia(settings, "cname", link);
    media.listener(events);
    session = session(media, events);
    session.start();
  }

  Peer session(PeerMedia itsMedia, PeerListener listener) {
    Peer peer =
        new Peer(
            home(),
            settings,
            itsMedia,
            new OfferingPeer(local, REMOTE, List.of(dtls.fingerprint()), false));
    peer.open(local, listener);
    return peer;
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  byte[] check(InetSocketAddress from, boolean nominate) {
    byte[] check = check(local, nominate);
    inject(check, from);
    return check;
  }

  /** by which the engine's password is known, or not */
  byte[] check(IceCredentials known, boolean nominate) {
    byte[] check = new byte[512];
    StunWriter writer =
        new StunWriter()
            .begin(check, 0, Stun.BINDING_REQUEST, new byte[Stun.TRANSACTION_ID_LENGTH], 0)
            .username(known.ufrag(), REMOTE.ufrag())
            .priority(1)
            .controlling(1);
    if (nominate) {
      writer.useCandidate();
    }
    int length = writer.integrity(authenticator, known).fingerprint().length();
    return Arrays.copyOf(check, length);
  }

  void inject(byte[] datagram, InetSocketAddress from) {
    channel.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(datagram), ENGINE, from));
  }

  /** answers what checks were sent to that address, and forgets all else that was sent */
  void answerChecks(InetSocketAddress at) {
    for (DatagramPacket packet : received()) {
      byte[] answer = packet.recipient().equals(at) ? answer(bytes(packet)) : new byte[0];
      if (answer.length > 0) {
        inject(answer, at);
      }
    }
  }

  /** returns nothing for what is no check */
  byte[] answer(byte[] packet) {
    StunMessage message = new StunMessage();
    if (!message.parse(packet, 0, packet.length) || message.messageType() != Stun.BINDING_REQUEST) {
      return new byte[0];
    }
    byte[] answer = new byte[128];
    int length =
        new StunWriter()
            .beginResponse(answer, 0, Stun.BINDING_SUCCESS, message)
            .xorMappedAddress(ENGINE)
            .integrity(authenticator, REMOTE)
            .fingerprint()
            .length();
    return Arrays.copyOf(answer, length);
  }

  static byte[] bytes(DatagramPacket packet) {
    return ByteBufUtil.getBytes(packet.content());
  }

  void handshake() throws InterruptedException {
    media.add(
        new Track("video", Codec.H264, 0), PARAMETERS, null, null, new StartRule(true, SECOND));
    handshakeWithoutTracks();
  }

  /** an RTCP message as a peer sends it; the array has room for the protection */
  static byte[] encrypted(SrtpKeys keys, byte[] message, int length) {
    return Arrays.copyOf(message, new SrtcpSender(keys, null).protect(message, 0, length));
  }

  void handshakeWithoutTracks() throws InterruptedException {
    received();
    dtls.start();
    shakeHandsFrom(PEER);
  }

  void shakeHandsFrom(InetSocketAddress address) throws InterruptedException {
    for (byte[] flight = dtls.next(); flight != null; flight = dtls.next()) {
      inject(flight, address);
      received().forEach(answer -> dtls.receive(bytes(answer)));
    }
  }

  void pass(long nanos) {
    for (long end = now + nanos; now < end; ) {
      long step = Math.min(STEP, end - now);
      now += step;
      channel.advanceTimeBy(step, TimeUnit.NANOSECONDS);
      channel.runPendingTasks();
    }
  }

  List<DatagramPacket> received() {
    List<DatagramPacket> packets = new ArrayList<>();
    for (DatagramPacket p = channel.readOutbound(); p != null; p = channel.readOutbound()) {
      packets.add(p);
    }
    return packets;
  }

  static class Events implements PeerListener, MediaListener {
    final List<String> happened = new ArrayList<>();

    @Override
    public void connected() {
      happened.add("connected");
    }

    @Override
    public void firstFrameSent() {
      happened.add("first frame");
    }

    @Override
    public void thinned(boolean thinned) {}

    @Override
    public void renditionChanged(String id) {
      happened.add("rendition " + id);
    }

    @Override
    public void noKeyframe(String advice) {
      happened.add(advice);
    }

    @Override
    public void ended(DisconnectReason reason) {
      happened.add(reason.name());
    }
  }
}
