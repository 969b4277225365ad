package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.EngineHealth;
import dev.sluice.EngineStatistics;
import dev.sluice.FrameReader;
import dev.sluice.Ingest;
import dev.sluice.IngestOffer;
import dev.sluice.LiveStream;
import dev.sluice.PeerContext;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.codec.NalUnitFraming;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.receive.EngineSink;
import dev.sluice.spi.SourceOnDemand;
import dev.sluice.spi.StreamReader;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.stream.Demands;
import dev.sluice.stream.StreamFrames;
import dev.sluice.stream.StreamRegistry;
import dev.sluice.webrtc.IngestFactory;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerFactory;
import dev.sluice.webrtc.PeerSettings;
import dev.sluice.webrtc.ViewerFactory;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Puts the rooms together: event loops, streams and viewers of one engine. */
final class Engine implements RelayEngine {
  private final EngineConfiguration configuration;
  private final Banner banner;
  private final Listeners listeners;
  private final EngineClock clock;
  private final ByteBufAllocator allocator;
  private final SegmentPool segments;
  private final EngineLoops loops;
  private final CallSockets calls;
  private final ThreadPoolExecutor handshakes;
  private final Demands demands;
  private final StreamRegistry streams;
  private final PeerRegistry peers;
  private final EngineFigures figures;
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /**
   * Starts an engine.
   *
   * @param given its options, checked
   * @param loggers for what it says of itself and of its peers
   */
  Engine(EngineConfiguration given, Function<Class<?>, Logger> loggers) {
    banner = new Banner(loggers.apply(Banner.class));
    listeners = new Listeners(given.listener());
    configuration = given.withListener(listeners);
    clock = new EngineClock();
    allocator = EngineResources.allocator(configuration);
    segments = EngineResources.segments(configuration);
    SecureRandom random = new SecureRandom();
    handshakes = EngineResources.handshakes(configuration.session().handshakeThreads());
    WarmUp warmUp = new WarmUp(handshakes, random);
    PeerDirectory directory = new PeerDirectory();
    try {
      loops = EngineLoops.open(configuration, allocator, directory, clock);
    } catch (Throwable e) {
      handshakes.shutdownNow();
      throw e;
    }
    calls =
        new CallSockets(
            configuration.network(),
            loops,
            new SessionSockets(configuration, allocator, clock, loops.transport()));
    demands = new Demands(loops.group(), configuration.session().maxConnecting());
    streams = new StreamRegistry(configuration, segments, clock, demands);
    DtlsServer dtls;
    try {
      DtlsIdentity identity = warmUp.identity();
      dtls = dtls(identity, random);
      PeerLog peerLog = new PeerLog(loggers.apply(PeerLog.class), clock);
      peers = peers(directory, dtls, identity, random, peerLog);
    } catch (Throwable e) {
      handshakes.shutdownNow();
      loops.close();
      throw e;
    }
    figures = new EngineFigures(loops, calls, streams, peers, dtls);
    banner.started(loops.localAddress(), loops.tcpAddress(), health());
    warmUp.load(dtls, configuration);
  }

  private DtlsServer dtls(DtlsIdentity identity, SecureRandom random) {
    return new DtlsServer(
        identity,
        configuration.session().srtpProfiles(),
        configuration.session().connectTimeout().toNanos(),
        handshakes,
        configuration.session().cipherProvider(),
        random);
  }

  private PeerRegistry peers(
      PeerDirectory directory,
      DtlsServer dtls,
      DtlsIdentity identity,
      SecureRandom random,
      PeerLog peerLog) {
    PeerSettings settings =
        new PeerSettings(
            directory,
            dtls,
            configuration.session().cipherProvider(),
            configuration.session().reportInterval().toNanos(),
            configuration.session().connectTimeout().toNanos(),
            clock,
            random);
    List<String> candidates =
        EngineResources.candidates(
            configuration.network(), loops.localAddress(), loops.tcpAddress());
    PeerFactory factory = new PeerFactory(loops, settings, identity, candidates, random);
    return new PeerRegistry(
        configuration.session(),
        streams,
        peerLog,
        new ViewerFactory(configuration, factory),
        new IngestFactory(
            factory,
            EngineSink.opener(this),
            EngineSink.renditionOpener(this),
            configuration.listener()),
        calls);
  }

  @Override
  public Publisher publish(
      String streamName, List<TrackDescription> tracks, PublisherContext context) {
    return streams.publish(streamName, tracks, context);
  }

  @Override
  public Publisher publishRendition(
      String streamName, List<TrackDescription> tracks, PublisherContext context) {
    String own =
        stream(streamName)
            .flatMap(LiveStream::publisher)
            .map(publisher -> publisher.context().rendition())
            .orElse(PublisherContext.MAIN);
    if (own.equals(context.rendition())) {
      throw new IllegalArgumentException(
          "context.rendition is '"
              + own
              + "', as the stream's own publisher is called; PublisherContext.withRendition sets it");
    }
    return streams.publishRendition(streamName, tracks, context);
  }

  @Override
  public Viewer play(String streamName, String offerSdp, PeerContext context) {
    return whileOpen(() -> peers.play(streamName, offerSdp, context));
  }

  @Override
  public Ingest ingest(String streamName, String offerSdp, PeerContext context) {
    return whileOpen(() -> peers.ingest(streamName, offerSdp, context));
  }

  @Override
  public CompletionStage<IngestOffer> offerIngest(String streamName, PeerContext context) {
    return whileOpen(() -> peers.offerIngest(streamName, context));
  }

  @Override
  public StreamReader read(String streamName, Executor loop, Runnable news) {
    return whileOpen(() -> streams.read(streamName, loop, news));
  }

  @Override
  public FrameReader readFrames(
      String streamName, NalUnitFraming framing, Executor loop, Runnable news) {
    return new StreamFrames(read(streamName, loop, news), framing);
  }

  @Override
  public CompletionStage<LiveStream> demand(String streamName) {
    return streams.demand(streamName);
  }

  @Override
  public SourceOnDemand.Registration onDemand(SourceOnDemand source) {
    return whileOpen(() -> demands.add(source));
  }

  @Override
  public Collection<LiveStream> streams() {
    return streams.all();
  }

  @Override
  public Optional<LiveStream> stream(String name) {
    return Optional.ofNullable(streams.find(name));
  }

  @Override
  public Optional<Viewer> viewer(String id) {
    return peers.find(id, Viewer.class);
  }

  @Override
  public Optional<Ingest> ingest(String id) {
    return peers.find(id, Ingest.class);
  }

  @Override
  public InetSocketAddress localAddress() {
    return loops.localAddress();
  }

  @Override
  public EngineStatistics statistics() {
    return figures.statistics();
  }

  @Override
  public EngineHealth health() {
    return figures.health(!closed);
  }

  @Override
  public void addListener(RelayListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public void removeListener(RelayListener listener) {
    listeners.remove(listener);
  }

  @Override
  public EventLoopGroup eventLoops() {
    return loops.group();
  }

  @Override
  public ByteBufAllocator allocator() {
    return allocator;
  }

  @Override
  public long reportIntervalNanos() {
    return configuration.session().reportInterval().toNanos();
  }

  @Override
  public void publishRefused(
      String streamName, @Nullable InetSocketAddress remoteAddress, String reason) {
    listeners.publishRefused(streamName, remoteAddress, reason);
  }

  @Override
  public void close() {
    if (loops.inEventLoop()) {
      throw new IllegalStateException("the engine cannot be closed from its own event loop");
    }
    if (!markClosed()) {
      return;
    }
    demands.close();
    peers.close();
    calls.close();
    streams.close();
    handshakes.shutdownNow();
    EngineResources.awaitTermination(handshakes);
    loops.close();
    segments.close();
    banner.closed(loops.localAddress());
  }

  SegmentPool segments() {
    return segments;
  }

  private <T> T whileOpen(Supplier<T> action) {
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the engine is closed");
      }
      return action.get();
    } finally {
      closing.readLock().unlock();
    }
  }

  private boolean markClosed() {
    closing.writeLock().lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      closing.writeLock().unlock();
    }
  }
}
