package dev.sluice.rtsp;

import dev.sluice.LiveStream;
import dev.sluice.PublisherContext;
import dev.sluice.RelayEngine;
import dev.sluice.StreamName;
import dev.sluice.check.Check;
import dev.sluice.loop.HostThread;
import dev.sluice.loop.RateLimitedLog;
import dev.sluice.loop.Transport;
import dev.sluice.pull.PullBuilder;
import dev.sluice.receive.EngineSink;
import dev.sluice.receive.MediaSink;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Collects the options of an {@link RtspPull}. Each method checks its value and throws an
 * IllegalArgumentException that names the option, the value and what is allowed. Where nothing
 * comes over UDP within 3 s, {@link RtspTransport#AUTOMATIC} goes on over TCP.
 *
 * <p>Used by one thread; may be used again to start another pull.
 */
public final class RtspPullBuilder extends PullBuilder<RtspPullBuilder> {
  private static final String CREDENTIAL = "text without control characters";
  private static final int REORDER_PACKETS = 256;
  private static final long REORDER_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RelayEngine engine;
  private final String streamName;
  private final Map<String, PullUrl> renditions = new LinkedHashMap<>();
  private final PullUrl url;
  private PullUrl.@Nullable UserInfo asking;
  private RtspTransport transport = RtspTransport.AUTOMATIC;
  private PortRange udpPorts = PortRange.ephemeral();
  private Set<AuthenticationScheme> authentication = EnumSet.allOf(AuthenticationScheme.class);
  private RtspPullListener listener = new RtspPullListener() {};

  RtspPullBuilder(RelayEngine engine, String streamName, String url) {
    this.engine = engine;
    this.streamName = StreamName.of(streamName);
    this.url = parse("url", url);
  }

  @Override
  protected RtspPullBuilder self() {
    return this;
  }

  private static PullUrl parse(String option, String url) {
    PullUrl parsed = PullUrl.parse(url);
    if (parsed == null) {
      throw new IllegalArgumentException(
          option + " is of another form, allowed is rtsp://host:port/path?query");
    }
    return parsed;
  }

  /**
   * Pulls another encoding of the same picture too, a camera's sub stream for instance, which
   * viewers of slow links get; see {@link RelayEngine#publishRendition}. Sound comes from the
   * stream's own URL alone. Credentials and all other options hold for it as well.
   *
   * @param id what the encoding is called, another than {@link PublisherContext#MAIN}
   * @param address {@code rtsp://host:port/path?query}
   * @return this
   */
  public RtspPullBuilder rendition(String id, String address) {
    Check.present("rendition", id, "a name");
    Check.option(
        !id.isEmpty() && !id.equals(PublisherContext.MAIN),
        "rendition",
        id,
        "a name other than " + PublisherContext.MAIN);
    renditions.put(
        id, parse("rendition's address", Check.present("address", address, "an RTSP URL")));
    return this;
  }

  /**
   * Sets who asks, in place of what the URL says. Neither may hold control characters, nor does an
   * exception quote them.
   *
   * @param user user name
   * @param password sent to the source in clear text only where it knows no Digest
   * @return this
   */
  public RtspPullBuilder credentials(String user, String password) {
    Check.present("user", user, CREDENTIAL);
    Check.present("password", password, CREDENTIAL);
    PullUrl.UserInfo who = new PullUrl.UserInfo(user, password);
    Check.option(who.isText(), "credentials", "of another form", CREDENTIAL);
    asking = who;
    return this;
  }

  /**
   * Sets by which schemes credentials may be given. Default: all, the strongest that the source
   * knows.
   *
   * @param schemes at least one
   * @return this
   */
  public RtspPullBuilder authentication(AuthenticationScheme... schemes) {
    authentication = AuthenticationScheme.checked(schemes);
    return this;
  }

  /**
   * Sets how media comes. Default: {@link RtspTransport#AUTOMATIC}.
   *
   * @param way see there
   * @return this
   */
  public RtspPullBuilder transport(RtspTransport way) {
    transport = Check.present("transport", way, "an RtspTransport");
    return this;
  }

  /**
   * Sets the local UDP ports for media, two a track. Default: any free ones.
   *
   * @param first first port, even, 1024 to 65534
   * @param last last port, odd, greater than the first, up to 65535
   * @return this
   */
  public RtspPullBuilder udpPorts(int first, int last) {
    udpPorts = PortRange.checked(first, last);
    return this;
  }

  /**
   * Sets who hears how it goes. Default: nobody.
   *
   * @param host called on event loops
   * @return this
   */
  public RtspPullBuilder listener(RtspPullListener host) {
    listener = Check.present("listener", host, "an RtspPullListener");
    return this;
  }

  /**
   * Begins to pull: now, or when somebody wants the stream.
   *
   * @return the pull, which goes on until it is closed
   * @throws IllegalStateException if the engine is closed, or when called on one of its event loops
   */
  public RtspPull start() {
    RtspServer.requireOpen(engine);
    return HostThread.leavingNothing(this::open);
  }

  private RtspPull open() {
    EventLoop loop = engine.eventLoops().next();
    Map<PullContext, PullUrl> others = new LinkedHashMap<>();
    renditions.forEach(
        (id, address) ->
            others.put(context(id, loop, EngineSink.renditionOpener(engine)), asked(address)));
    PullContext own = context(PublisherContext.MAIN, loop, EngineSink.opener(engine));
    return RtspPull.start(engine, own, url(), others, listener);
  }

  private PullContext context(String rendition, EventLoop loop, MediaSink.Opener sinks) {
    Transport channels = Transport.of(engine.eventLoops());
    MediaSettings media =
        new MediaSettings(
            sinks,
            new MediaCounters(),
            channels,
            System::nanoTime,
            new SecureRandom(),
            udpPorts,
            engine.reportIntervalNanos(),
            REORDER_PACKETS,
            REORDER_DELAY_NANOS);
    return new PullContext(
        streamName,
        rendition,
        options(),
        media,
        loop,
        new TcpConnector(
            channels,
            engine.allocator(),
            (int) TimeUnit.NANOSECONDS.toMillis(times().responseTimeoutNanos())),
        () -> isTaken(rendition),
        () -> !engine.health().open(),
        new ReceiveMemory(),
        new LongAdder(),
        new RateLimitedLog(LoggerFactory.getLogger(RtspPull.class), System::nanoTime));
  }

  private boolean isTaken(String rendition) {
    boolean own = rendition.equals(PublisherContext.MAIN);
    return engine.stream(streamName).stream()
        .anyMatch(stream -> own ? stream.isLive() : hasRendition(stream, rendition));
  }

  private static boolean hasRendition(LiveStream stream, String rendition) {
    return stream.renditions().stream()
        .anyMatch(publisher -> publisher.context().rendition().equals(rendition));
  }

  private PullUrl asked(PullUrl address) {
    return asking == null
        ? address
        : new PullUrl(address.host(), address.port(), address.uri(), asking);
  }

  PullUrl url() {
    return asked(url);
  }

  PullOptions options() {
    return new PullOptions(transport, times(), EnumSet.copyOf(authentication));
  }
}
