package dev.sluice.benchmarks.load.viewer;

import dev.sluice.benchmarks.bottleneck.LinkShape;
import dev.sluice.ice.IceCredentials;
import dev.sluice.loop.Transport;
import dev.sluice.srtp.SrtpProfile;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** All viewers of a load profile, on few event loops. Used by one thread. */
public final class ViewerSwarm implements AutoCloseable {
  private static final int FORGERIES_A_TICK = 5;

  /** the delays of each seventh are recorded: to ask for a time stamp is a system call */
  static final int TIMED = 7;

  private static final List<SrtpProfile> PROFILES =
      List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

  private final Transport transport = Transport.best(true);
  private final EventLoopGroup group;
  private final List<SwarmLoop> loops = new ArrayList<>();
  private final ExecutorService handshakes =
      Executors.newCachedThreadPool(new DefaultThreadFactory("viewer-handshake", true));
  private final SecureRandom random = new SecureRandom();
  private final Identity identity = Identity.generate();
  private final double loss;
  private final List<SrtpProfile> profiles;
  private final Set<Integer> ports = new HashSet<>();
  private int joined;

  /**
   * Makes a swarm without viewers, which have all profiles of SRTP that browsers have.
   *
   * @param threads event loops
   * @param loss share of the relay's datagrams that each viewer throws away, 0 to 1
   */
  public ViewerSwarm(int threads, double loss) {
    this(threads, loss, PROFILES);
  }

  /**
   * Makes a swarm without viewers.
   *
   * @param threads event loops
   * @param loss share of the relay's datagrams that each viewer throws away, 0 to 1
   * @param profiles of SRTP that they offer
   */
  public ViewerSwarm(int threads, double loss, List<SrtpProfile> profiles) {
    this.loss = loss;
    this.profiles = profiles;
    group = transport.newEventLoops(threads, new DefaultThreadFactory("viewer-loop", true));
    for (EventExecutor member : group) {
      loops.add(new SwarmLoop((EventLoop) member));
    }
  }

  /**
   * Lets one more viewer join.
   *
   * @param stream number of the stream
   * @param checked whether it reads all; else it leaves its socket unread once it has reported
   *     media, and the kernel throws away what it has no room for
   * @param play brings the offer to the relay and its answer back
   * @return done when its handshake is
   */
  public CompletableFuture<Void> join(int stream, boolean checked, UnaryOperator<String> play) {
    return join(stream, checked, checked, viewer -> {}, play);
  }

  /**
   * Lets one more viewer join whose media come over a link; its delays are not recorded.
   *
   * @param link that is in front of it
   * @param stream number of the stream
   * @param play brings the offer to the relay and its answer back
   * @return done when its handshake is
   */
  public CompletableFuture<Void> joinBehind(
      LinkShape link, int stream, UnaryOperator<String> play) {
    return join(stream, true, false, viewer -> viewer.behind(link), play);
  }

  /**
   * Lets one more viewer join that sends forged feedback all the time.
   *
   * @param stream number of the stream
   * @param play brings the offer to the relay and its answer back
   * @return done when its handshake is
   */
  public CompletableFuture<Void> joinForging(int stream, UnaryOperator<String> play) {
    return join(stream, true, true, viewer -> viewer.forge(FORGERIES_A_TICK), play);
  }

  /**
   * Lets one more viewer join, which leaves as soon as it has media.
   *
   * @param stream number of the stream
   * @param play brings the offer to the relay and its answer back
   * @return done when its handshake is
   */
  public CompletableFuture<Void> visit(int stream, UnaryOperator<String> play) {
    return join(stream, true, false, LoadViewer::leaveWithMedia, play);
  }

  private CompletableFuture<Void> join(
      int stream,
      boolean checked,
      boolean recorded,
      Consumer<LoadViewer> manner,
      UnaryOperator<String> play) {
    SwarmLoop loop = loops.get(joined % loops.size());
    boolean timed = recorded && joined % TIMED == 0;
    long seed = 1 + joined++;
    long joinedAt = System.nanoTime();
    IceCredentials local = IceCredentials.generate(random);
    String fingerprint = identity.fingerprint();
    String offer =
        checked // who cannot report what came would be sent nothing more
            ? Offer.of(local, fingerprint)
            : Offer.withoutFeedback(local, fingerprint);
    Answer answer = Answer.parse(play.apply(offer));
    Channel channel = open(loop, answer, timed);
    LoadViewer viewer =
        new LoadViewer(
            loop,
            channel,
            stream,
            local,
            answer,
            identity,
            profiles,
            handshakes,
            loss,
            seed,
            joinedAt);
    manner.accept(viewer);
    if (timed) {
      viewer.recordDelays();
    }
    if (checked) {
      ports.add(((InetSocketAddress) channel.localAddress()).getPort());
    } else {
      viewer.leaveUnread();
    }
    on(
        loop,
        () -> {
          channel.pipeline().addLast(viewer);
          channel.config().setAutoRead(true);
          return loop.viewers.add(viewer);
        });
    return viewer.connected();
  }

  /** {@return what was counted so far} */
  public ViewerTotals totals() {
    List<Tally> tallies = new ArrayList<>();
    for (SwarmLoop loop : loops) {
      tallies.add(on(loop, loop.tally::copy));
    }
    return ViewerTotals.of(tallies);
  }

  /** {@return datagrams that the kernel dropped because the socket of one that checks was full} */
  public long socketDrops() {
    return SocketDrops.of(ports);
  }

  /** Begins to measure delays anew. */
  public void beginWindow() {
    for (SwarmLoop loop : loops) {
      on(loop, loop.tally::resetDelays);
    }
  }

  /** Lets all viewers say goodbye and leave. */
  public void leave() {
    forAll(LoadViewer::close);
  }

  /** Lets all viewers leave without a word. */
  public void vanish() {
    forAll(LoadViewer::vanish);
  }

  private void forAll(Consumer<LoadViewer> action) {
    for (SwarmLoop loop : loops) {
      on(
          loop,
          () -> {
            List.copyOf(loop.viewers).forEach(action);
            return true;
          });
    }
  }

  @Override
  public void close() {
    leave();
    handshakes.shutdownNow();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Channel open(SwarmLoop loop, Answer answer, boolean timed) {
    return SocketOptions.of(new Bootstrap().group(loop.eventLoop), transport, !timed)
        .option(ChannelOption.AUTO_READ, false)
        .handler(new ChannelInboundHandlerAdapter())
        .localAddress(InetAddress.getLoopbackAddress(), 0)
        .remoteAddress(answer.remote())
        .connect()
        .syncUninterruptibly()
        .channel();
  }

  private static <T> T on(SwarmLoop loop, Callable<T> task) {
    return loop.eventLoop.submit(task).syncUninterruptibly().getNow();
  }
}
