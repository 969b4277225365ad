package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;
import static dev.sluice.world.Network.SECOND;

import dev.sluice.DisconnectReason;
import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.Ingest;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.Viewer;
import dev.sluice.ice.IceContext;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.UdpSocket;
import dev.sluice.receive.RegistrySinks;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.stream.Demands;
import dev.sluice.stream.StreamRegistry;
import dev.sluice.webrtc.IngestFactory;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerFactory;
import dev.sluice.webrtc.PeerHome;
import dev.sluice.webrtc.PeerLoop;
import dev.sluice.webrtc.PeerSettings;
import dev.sluice.webrtc.ViewerFactory;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An engine with two event loops, its publishers and its viewers in virtual time, on paths that
 * lose, reorder, repeat and damage. All that happens follows from the seed; only keys do not.
 */
final class World implements RelayListener {
  private static final InetSocketAddress ENGINE = new InetSocketAddress("127.0.0.1", 8_189);
  private static final long STEP = 5 * MILLISECOND;
  private static final long CONNECT_TIMEOUT = 30 * SECOND;
  private static final int LOOPS = 2;
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 50_000;
  private static final int STREAMS = 2;
  private static final int VIEWERS = 6;
  private static final int HISTORY_BYTES = 1 << 20;
  private static final int MOST_LOGS = 6;
  private static final SecureRandom KEYS = new SecureRandom();
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(KEYS, Instant.now());

  final Random random;
  final Network network;
  final SegmentPool segments = new SegmentPool(HISTORY_BYTES);
  final SentMedia sent = new SentMedia();
  final StreamRegistry streams;
  final SecureRandom credentials;
  final ViewerFactory viewers;
  final IngestFactory ingests;
  private final List<EmbeddedChannel> sockets = new ArrayList<>();
  private final List<EmbeddedChannel> eventLoops = new ArrayList<>();
  private final List<PeerLoop> loops = new ArrayList<>();
  private final Map<InetSocketAddress, Resident> at = new HashMap<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private @Nullable String failure;

  World(long seed) {
    random = new Random(seed);
    network = new Network(random);
    credentials = new SeededRandom(random);
    EngineClock clock = new EngineClock(network::now, 0);
    PeerDirectory directory = new PeerDirectory();
    EngineConfiguration configuration = configuration();
    for (int i = 0; i < LOOPS; i++) {
      addLoop(directory, clock);
    }
    PeerSettings settings =
        new PeerSettings(
            directory,
            new DtlsServer(
                IDENTITY,
                List.of(SrtpProfile.AEAD_AES_128_GCM),
                CONNECT_TIMEOUT,
                Runnable::run,
                KEYS),
            null,
            SECOND,
            CONNECT_TIMEOUT,
            clock,
            random);
    Demands demands = new Demands(eventLoops.get(0).eventLoop(), 0);
    streams = new StreamRegistry(configuration, segments, clock, demands);
    PeerFactory peers =
        new PeerFactory(
            writer -> home(loops.get(random.nextInt(LOOPS))),
            settings,
            IDENTITY,
            List.of(),
            credentials);
    viewers = new ViewerFactory(configuration, peers);
    ingests =
        new IngestFactory(
            peers, RegistrySinks.of(streams), RegistrySinks.renditionsOf(streams), this);
    for (int i = 0; i < STREAMS; i++) {
      sources.add(new Source(this, i, 1 + i % Offer.RIDS.size()));
    }
    for (int i = 0; i < VIEWERS; i++) {
      watchers.add(new Watcher(this, sources.get(i % STREAMS), i % 3 == 0));
    }
  }

  private void addLoop(PeerDirectory directory, EngineClock clock) {
    EmbeddedChannel socket = new EmbeddedChannel();
    EmbeddedChannel tasks = new EmbeddedChannel(); // a channel runs its loop's tasks in each write
    tasks.freezeTime();
    PeerLoop loop =
        new PeerLoop(
            tasks.eventLoop(),
            new UdpSocket(socket, false, 1_000),
            directory,
            clock,
            new IceContext(CONNECT_TIMEOUT, CONNECT_TIMEOUT, random),
            cause -> {
              throw new AssertionError(cause);
            });
    socket.pipeline().addLast(loop);
    sockets.add(socket);
    eventLoops.add(tasks);
    loops.add(loop);
  }

  private PeerHome home(PeerLoop loop) {
    return random.nextBoolean() ? PeerHome.on(loop) : PeerHome.provisionally(loop);
  }

  private EngineConfiguration configuration() {
    return new EngineConfiguration(
        NetworkOptions.DEFAULT,
        EgressOptions.DEFAULT,
        HistoryOptions.DEFAULT.withMaxBytes(HISTORY_BYTES),
        Retransmission.SHARED_HISTORY,
        RateOptions.DEFAULT,
        MediaOptions.DEFAULT,
        SessionOptions.DEFAULT,
        this,
        null);
  }

  /** lets the world turn, and looks at what must hold all the time */
  void run(long nanos) {
    long end = network.now() + nanos;
    while (network.now() < end) {
      turn(STEP);
      watchers.forEach(Watcher::check);
      if (failure != null) {
        throw new AssertionError(failure);
      }
      if (segments.usedBytes() > (long) STREAMS * MOST_LOGS * HISTORY_BYTES) {
        throw new AssertionError("logs hold " + segments.usedBytes() + " bytes");
      }
    }
  }

  private void turn(long nanos) {
    network.runUntil(network.now() + nanos);
    eventLoops.forEach(loop -> loop.advanceTimeBy(nanos, TimeUnit.NANOSECONDS));
    settle();
  }

  /** ends everybody, and looks at what must be gone then */
  void end() {
    network.stop();
    sources.forEach(Source::end);
    watchers.forEach(Watcher::end);
    for (long end = network.now() + 2 * CONNECT_TIMEOUT; network.now() < end; ) {
      turn(SECOND);
    }
    int sessions = loops.stream().mapToInt(PeerLoop::sessions).sum();
    sockets.forEach(EmbeddedChannel::finishAndReleaseAll);
    if (sessions > 0 || segments.usedBytes() > 0 || !streams.all().isEmpty()) {
      throw new AssertionError(
          "left: %d sessions, %d bytes of logs, %s"
              .formatted(sessions, segments.usedBytes(), streams.all()));
    }
  }

  List<Watcher> watchers() {
    return watchers;
  }

  /** whoever was at this address before hears no more */
  InetSocketAddress newAddress(Resident resident) {
    InetSocketAddress next = new InetSocketAddress("127.0.0.1", FIRST_PORT + random.nextInt(PORTS));
    at.put(next, resident);
    return next;
  }

  void toEngine(InetSocketAddress from, byte[] datagram) {
    network.send(datagram, from, (received, damaged) -> arrive(from, received));
  }

  /** arrives at once and whole: handshakes are on the wall clock of their client */
  void handToEngine(InetSocketAddress from, byte[] datagram) {
    arrive(from, datagram);
    settle();
  }

  private void arrive(InetSocketAddress from, byte[] datagram) {
    EmbeddedChannel socket = sockets.get(from.getPort() % LOOPS);
    socket.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(datagram), ENGINE, from));
  }

  private void settle() {
    boolean more = true;
    while (more) {
      more = false;
      eventLoops.forEach(EmbeddedChannel::runPendingTasks);
      for (EmbeddedChannel socket : sockets) {
        for (DatagramPacket out; (out = socket.readOutbound()) != null; more = true) {
          leave(out.recipient(), ByteBufUtil.getBytes(out.content()));
          out.release();
        }
      }
    }
  }

  private void leave(InetSocketAddress to, byte[] datagram) {
    if ((datagram[0] & 0xC0) == 0x80) {
      sent.sent(network.now(), datagram);
    }
    Resident resident = at.get(to);
    if (resident != null && !resident.takesAtOnce(datagram)) {
      network.send(datagram, to, (received, damaged) -> resident.receive(to, received));
    }
  }

  /** what a listener throws is not heard of */
  @Override
  public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
    if (reason == DisconnectReason.FAILED) {
      failure = "a session failed";
    }
  }

  @Override
  public void ingestDisconnected(Ingest ingest, DisconnectReason reason) {
    if (reason == DisconnectReason.FAILED) {
      failure = "a publishing session failed";
    }
  }

  /** what must not be, seen where nothing may be thrown */
  void failed(String how) {
    failure = how;
  }

  private static final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient Random random;

    SeededRandom(Random random) {
      this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
