package dev.sluice;

import dev.sluice.session.EngineClock;
import dev.sluice.session.SessionDirectory;
import dev.sluice.session.SessionSettings;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A WebRTC relay inside the host's process: streams come in, any number of viewers gets each of
 * them.
 *
 * <pre>{@code
 * try (RelayEngine engine = RelayEngine.builder().build()) {
 *   Publisher publisher = engine.publish("cam1", List.of(TrackDescription.h264("video")));
 *   Viewer viewer = engine.play("cam1", offerFromBrowser);
 *   answerToBrowser(viewer.answer());
 *   publisher.track("video").writeAccessUnit(annexB, timestamp90kHz);
 *   publisher.track("video").flush();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread. Closing the engine ends every session and gives
 * back every thread, socket and buffer.
 */
public final class RelayEngine implements AutoCloseable {
  private final EngineConfiguration configuration;
  private final EngineClock clock;
  private final ByteBufAllocator allocator;
  private final EngineLoops loops;
  private final ThreadPoolExecutor handshakes;
  private final StreamRegistry streams;
  private final ViewerRegistry viewers;
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private boolean closed;

  RelayEngine(EngineConfiguration configuration) {
    this.configuration = configuration;
    clock = new EngineClock();
    allocator = EngineResources.allocator(configuration);
    SecureRandom random = new SecureRandom();
    DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    SessionDirectory directory = new SessionDirectory();
    loops = EngineLoops.open(configuration, allocator, directory, clock);
    handshakes = EngineResources.handshakes(configuration.session().handshakeThreads());
    long connectTimeoutNanos = configuration.session().connectTimeout().toNanos();
    SessionSettings settings =
        new SessionSettings(
            directory,
            new DtlsServer(
                identity,
                configuration.session().srtpProfiles(),
                connectTimeoutNanos,
                handshakes,
                random),
            configuration.session().cipherProvider(),
            configuration.session().reportInterval().toNanos(),
            connectTimeoutNanos,
            clock,
            random);
    streams = new StreamRegistry(configuration, allocator, clock);
    viewers =
        new ViewerRegistry(
            configuration.session().maxViewers(),
            streams,
            onEnd ->
                new ViewerFactory(
                    configuration,
                    loops,
                    settings,
                    identity,
                    EngineResources.candidates(configuration.network(), loops.localAddress()),
                    random,
                    onEnd));
  }

  /** {@return starts with the option set {@link OptionSet#RESILIENT} and every default} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins to publish a stream. Viewers that watch the name already go on with the new media.
   * Another publisher of that name is replaced: it becomes closed.
   *
   * @param streamName 1 to 255 characters, none of them a control character
   * @param tracks at most one track a codec, with distinct names
   * @return where to write the media
   * @throws IllegalArgumentException for such a name or such tracks
   * @throws IllegalStateException if the engine is closed
   */
  public Publisher publish(String streamName, List<TrackDescription> tracks) {
    return streams.publish(streamName, tracks);
  }

  /**
   * Lets a WebRTC peer watch a stream. Only computes: the peer connects later.
   *
   * @param streamName a stream that is live, or that has viewers who wait for it
   * @param offerSdp the peer's SDP offer, to receive only
   * @return the session, with the answer to send to the peer
   * @throws UnknownStreamException if there is no such stream
   * @throws NegotiationException if the offer is malformed or nothing in it can be served
   * @throws LimitExceededException if the configured number of viewers is reached
   * @throws IllegalStateException if the engine is closed
   */
  public Viewer play(String streamName, String offerSdp) {
    return whileOpen(() -> viewers.play(streamName, offerSdp));
  }

  /** {@return all streams that have a publisher or viewers} */
  public Collection<LiveStream> streams() {
    return streams.all();
  }

  /**
   * Finds a stream.
   *
   * @param name its name
   * @return the stream, if it has a publisher or viewers
   */
  public Optional<LiveStream> stream(String name) {
    return Optional.ofNullable(streams.find(name));
  }

  /** {@return local address and UDP port of all WebRTC traffic} */
  public InetSocketAddress localAddress() {
    return loops.localAddress();
  }

  /** {@return figures of the whole engine, each as of a moment ago} */
  public EngineStatistics statistics() {
    return EngineStatistics.of(loops, streams.all().size(), viewers.size());
  }

  /** {@return the event loops, for protocol servers that want to share them} */
  public IoEventLoopGroup eventLoops() {
    return loops.group();
  }

  /** {@return what all buffers come from, for protocol servers that want to share it} */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  /**
   * {@return mean time between RTCP reports in nanoseconds, for protocol servers that report to
   * publishers}
   */
  public long reportIntervalNanos() {
    return configuration.session().reportInterval().toNanos();
  }

  /**
   * Ends all sessions and publishers and gives everything back; a group of event loops that came
   * from the host is left running. Returns when that is done.
   *
   * @throws IllegalStateException when called on an event loop of the engine
   */
  @Override
  public void close() {
    if (loops.inEventLoop()) {
      throw new IllegalStateException("the engine cannot be closed from its own event loop");
    }
    if (!markClosed()) {
      return;
    }
    viewers.close();
    streams.close();
    handshakes.shutdownNow();
    EngineResources.awaitTermination(handshakes);
    loops.close();
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

  /** Collects options; {@link #build()} checks them and starts the engine. */
  public static final class Builder {
    private NetworkOptions network = NetworkOptions.DEFAULT;
    private EgressOptions egress = EgressOptions.DEFAULT;
    private HistoryOptions history = HistoryOptions.DEFAULT;
    private Retransmission retransmission = Retransmission.SHARED_HISTORY;
    private SessionOptions session = SessionOptions.DEFAULT;
    private RelayListener listener = new RelayListener() {};
    private @org.jspecify.annotations.Nullable IoEventLoopGroup eventLoops;

    Builder() {}

    /**
     * Sets what a named set of options says; options set afterwards change it.
     *
     * @param set the set
     * @return this
     */
    public Builder optionSet(OptionSet set) {
      retransmission = set.retransmission();
      history = set.history();
      return this;
    }

    /**
     * Sets sockets and threads.
     *
     * @param options see there
     * @return this
     */
    public Builder network(NetworkOptions options) {
      network = options;
      return this;
    }

    /**
     * Sets how datagrams leave.
     *
     * @param options see there
     * @return this
     */
    public Builder egress(EgressOptions options) {
      egress = options;
      return this;
    }

    /**
     * Sets what logs keep.
     *
     * @param options see there
     * @return this
     */
    public Builder history(HistoryOptions options) {
      history = options;
      return this;
    }

    /**
     * Sets how lost packets are sent again.
     *
     * @param options see there
     * @return this
     */
    public Builder retransmission(Retransmission options) {
      retransmission = options;
      return this;
    }

    /**
     * Sets limits, times and ciphers of viewers' sessions.
     *
     * @param options see there
     * @return this
     */
    public Builder session(SessionOptions options) {
      session = options;
      return this;
    }

    /**
     * Sets who hears of events.
     *
     * @param host called on the engine's threads
     * @return this
     */
    public Builder listener(RelayListener host) {
      listener = host;
      return this;
    }

    /**
     * Sets event loops of the host's, which the engine shares and never shuts down. The options of
     * {@link NetworkOptions} on threads and transport then have no effect.
     *
     * @param group of epoll or NIO loops
     * @return this
     */
    public Builder eventLoops(IoEventLoopGroup group) {
      eventLoops = group;
      return this;
    }

    /**
     * Checks the options and starts an engine with them.
     *
     * @return the running engine
     * @throws IllegalArgumentException for a bad option; the message names it, its value and what
     *     is allowed
     * @throws java.io.UncheckedIOException if the address cannot be bound
     */
    public RelayEngine build() {
      EngineConfiguration configuration =
          new EngineConfiguration(
              network, egress, history, retransmission, session, listener, eventLoops);
      configuration.validate();
      return new RelayEngine(configuration);
    }
  }
}
