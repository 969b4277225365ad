package dev.sluice.rtsp;

import dev.sluice.RelayEngine;
import dev.sluice.check.Check;
import dev.sluice.loop.HostThread;
import dev.sluice.receive.EngineSink;
import dev.sluice.rtp.ReorderBuffer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Collects the options of an {@link RtspServer}. Each method checks its value and throws an
 * IllegalArgumentException that names the option, the value and what is allowed.
 *
 * <p>Used by one thread; may be used again to start another server.
 */
public final class RtspServerBuilder {
  private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Duration MAX_REORDER_DELAY = Duration.ofSeconds(2);
  private static final int MAX_COUNT = 1_000_000;

  private final RelayEngine engine;
  private Duration sessionTimeout = Duration.ofSeconds(60);
  private Duration idleTimeout = Duration.ofSeconds(15);
  private Duration mediaTimeout = Duration.ofSeconds(10);
  private boolean udp = true;
  private PortRange udpPorts = PortRange.ephemeral();
  private int maxConnections = 1_024;
  private int maxIdlePerAddress = 64;
  private int maxSessions = 512;
  private int maxPlayers = 512;
  private int reorderPackets = 256;
  private Duration reorderDelay = Duration.ofMillis(100);
  private PublishAuthorizer authorizer = request -> true;
  private PlayAuthorizer playAuthorizer = request -> true;
  private Set<AuthenticationScheme> authentication = EnumSet.allOf(AuthenticationScheme.class);

  RtspServerBuilder(RelayEngine engine) {
    this.engine = engine;
  }

  /**
   * Sets how long the peer of a session may send neither media nor a request before its connection
   * is closed. Default 60 s.
   *
   * @param timeout 1 s to 1 h
   * @return this
   */
  public RtspServerBuilder sessionTimeout(Duration timeout) {
    sessionTimeout = Check.range("sessionTimeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    return this;
  }

  /**
   * Sets how long a connection without a session may send no complete request before it is closed;
   * the first request has to come within 5 s in any case. Default 15 s.
   *
   * @param timeout 1 s to 1 h
   * @return this
   */
  public RtspServerBuilder idleTimeout(Duration timeout) {
    idleTimeout = Check.range("idleTimeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    return this;
  }

  /**
   * Sets how long a publisher that records may send no media and no RTCP before its connection is
   * closed, whatever requests it sends: its stream ends, and another publisher is not kept waiting
   * by one that froze. Default 10 s.
   *
   * @param timeout 1 s to 1 h
   * @return this
   */
  public RtspServerBuilder mediaTimeout(Duration timeout) {
    mediaTimeout = Check.range("mediaTimeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    return this;
  }

  /**
   * Sets whether media may come over UDP. Default true.
   *
   * @param allowed false to have all media interleaved in the RTSP connection
   * @return this
   */
  public RtspServerBuilder udp(boolean allowed) {
    udp = allowed;
    return this;
  }

  /**
   * Sets the local UDP ports for media. Each track takes two, and each session up to 8 tracks.
   * Default: any free ones.
   *
   * @param first first port, even, 1024 to 65534
   * @param last last port, odd, greater than the first, up to 65535
   * @return this
   */
  public RtspServerBuilder udpPorts(int first, int last) {
    udpPorts = PortRange.checked(first, last);
    return this;
  }

  /**
   * Sets how many connections may be open; further ones are closed at once. Default 1024.
   *
   * @param count 1 to 1,000,000
   * @return this
   */
  public RtspServerBuilder maxConnections(int count) {
    maxConnections = Check.range("maxConnections", count, 1, MAX_COUNT);
    return this;
  }

  /**
   * Sets how many connections of one address may be open that neither publish nor play, so that one
   * address cannot take all; further ones are closed at once. The addresses of an IPv6 network of
   * 64 bits count as one. Default 64.
   *
   * @param count 1 to 1,000,000
   * @return this
   */
  public RtspServerBuilder maxIdlePerAddress(int count) {
    maxIdlePerAddress = Check.range("maxIdlePerAddress", count, 1, MAX_COUNT);
    return this;
  }

  /**
   * Sets how many sessions may be open; further announcements are answered with 503. A connection
   * has one session at most. Default 512.
   *
   * @param count 1 to 1,000,000
   * @return this
   */
  public RtspServerBuilder maxSessions(int count) {
    maxSessions = Check.range("maxSessions", count, 1, MAX_COUNT);
    return this;
  }

  /**
   * Sets how many may play or be about to; further ones are answered with 503. Default 512.
   *
   * @param count 1 to 1,000,000
   * @return this
   */
  public RtspServerBuilder maxPlayers(int count) {
    maxPlayers = Check.range("maxPlayers", count, 1, MAX_COUNT);
    return this;
  }

  /**
   * Sets how far over UDP a packet may be ahead of a missing one and still wait for it. Default
   * 256.
   *
   * @param packets 1 to 16384
   * @return this
   */
  public RtspServerBuilder reorderPackets(int packets) {
    reorderPackets = Check.range("reorderPackets", packets, 1, ReorderBuffer.MAX_CAPACITY);
    return this;
  }

  /**
   * Sets how long over UDP a packet may wait for those before it. It delays media only when packets
   * are missing. Default 100 ms.
   *
   * @param delay 0 to 2 s
   * @return this
   */
  public RtspServerBuilder reorderDelay(Duration delay) {
    reorderDelay = Check.range("reorderDelay", delay, Duration.ZERO, MAX_REORDER_DELAY);
    return this;
  }

  /**
   * Sets who decides who may publish. Default: everybody may; see {@link PublishAuthorizer}.
   *
   * @param decision called on event loops
   * @return this
   */
  public RtspServerBuilder authorizer(PublishAuthorizer decision) {
    authorizer = Check.present("authorizer", decision, "a PublishAuthorizer");
    return this;
  }

  /**
   * Sets who decides who may play. Default: everybody may; see {@link PlayAuthorizer}.
   *
   * @param decision called on event loops
   * @return this
   */
  public RtspServerBuilder playAuthorizer(PlayAuthorizer decision) {
    playAuthorizer = Check.present("playAuthorizer", decision, "a PlayAuthorizer");
    return this;
  }

  /**
   * Sets by which schemes a peer is asked for credentials, and may give them. Default: all. An
   * authorizer that needs {@link AccessRequest#password} has to have Basic alone.
   *
   * @param schemes at least one
   * @return this
   */
  public RtspServerBuilder authentication(AuthenticationScheme... schemes) {
    authentication = AuthenticationScheme.checked(schemes);
    return this;
  }

  /**
   * Starts a server.
   *
   * @param address local address and TCP port; port 0 takes any free one. The address is also where
   *     UDP media comes in
   * @return the server, which listens
   * @throws java.io.UncheckedIOException if the address cannot be bound
   * @throws IllegalStateException if the engine is closed, or when called on one of its event loops
   */
  public RtspServer bind(InetSocketAddress address) {
    RtspServer.requireOpen(engine);
    return HostThread.leavingNothing(
        () ->
            RtspServer.start(
                engine.eventLoops(),
                engine.allocator(),
                new AnnouncedSinks(EngineSink.opener(engine), EngineSink.renditionOpener(engine)),
                new EngineStreams(engine),
                options(engine.reportIntervalNanos()),
                address));
  }

  RtspOptions options(long reportIntervalNanos) {
    return new RtspOptions(
        sessionTimeout.toNanos(),
        idleTimeout.toNanos(),
        mediaTimeout.toNanos(),
        reportIntervalNanos,
        udp,
        udpPorts,
        maxConnections,
        maxIdlePerAddress,
        maxSessions,
        maxPlayers,
        reorderPackets,
        reorderDelay.toNanos(),
        authorizer,
        playAuthorizer,
        EnumSet.copyOf(authentication));
  }
}
