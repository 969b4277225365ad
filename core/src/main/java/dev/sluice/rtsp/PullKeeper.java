package dev.sluice.rtsp;

import dev.sluice.loop.Alarm;
import dev.sluice.loop.SafeCall;
import dev.sluice.pull.BackOff;
import dev.sluice.pull.PullTimes;
import io.netty.channel.Channel;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to a source for as long as its stream is wanted. Where it ends, another one is
 * tried, later each time. On the pull's event loop only, but for what statistics read.
 */
final class PullKeeper implements PullConnection.Owner {
  private static final int MOST_REDIRECTIONS = 5;

  private final PullContext context;
  private final PullUrl source;
  private final RtspPullListener listener;
  private final RtspPull pull;
  private final Alarm retry;
  private final BackOff backOff;
  private RtspTransport transport;
  private PullUrl url;
  private @Nullable PullConnection connection;
  private int generation;
  private boolean wanted;
  private boolean replaced;
  private int redirections;
  private volatile RtspPull.State state = RtspPull.State.IDLE;
  private volatile boolean udp;
  private volatile String lastFailure = "";
  private volatile long attempts;
  private volatile long connections;

  PullKeeper(PullContext context, PullUrl source, RtspPull pull, RtspPullListener listener) {
    this.context = context;
    this.source = source;
    this.pull = pull;
    this.listener = listener;
    transport = context.options().transport();
    url = source;
    PullTimes times = context.options().times();
    backOff =
        new BackOff(times.leastRetryNanos(), times.mostRetryNanos(), context.media().random());
    retry = new Alarm(context.loop(), context.media().clock(), this::connect);
  }

  RtspPullStatistics statistics() {
    MediaCounters counters = context.media().counters();
    return new RtspPullStatistics(
        state,
        udp,
        attempts,
        connections,
        lastFailure,
        counters.received.rtpPackets(),
        counters.received.rtcpPackets(),
        counters.foreignDatagrams.sum(),
        counters.received.discarded(),
        counters.received.requestedAgain(),
        context.keepAlives().sum(),
        counters.tracksDropped.sum());
  }

  /** The stream is wanted from now on. */
  void start() {
    if (!wanted) {
      wanted = true;
      backOff.reset();
      replaced = false;
      backToSource();
      connect();
    }
  }

  /** It is wanted no more. */
  void stop() {
    wanted = false;
    retry.cancel();
    if (connection != null) {
      connection.leave();
    } else {
      state = RtspPull.State.IDLE;
    }
  }

  private void connect() {
    if (context.closed().getAsBoolean()) {
      stop();
      return;
    }
    if (replaced && context.taken().getAsBoolean()) {
      retry.noLaterThan(now() + context.options().times().mostRetryNanos());
      return;
    }
    state = RtspPull.State.CONNECTING;
    attempts++;
    int tried = ++generation;
    context
        .connector()
        .connect(url, context.loop())
        .whenComplete(
            (channel, failure) -> {
              if (context.loop().inEventLoop()) {
                onConnected(tried, channel, failure);
              } else {
                context.loop().execute(() -> onConnected(tried, channel, failure));
              }
            });
  }

  private void onConnected(int tried, @Nullable Channel channel, @Nullable Throwable failure) {
    if (!wanted || tried != generation) {
      if (channel != null) {
        channel.close();
      }
    } else if (channel == null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      onEnd(PullEnd.failed("it cannot be reached: " + cause), false);
    } else {
      PullConnection opened = PullConnection.open(context, channel, url, transport, this);
      connection = opened.hasEnded() ? null : opened;
    }
  }

  @Override
  public void onPlaying(PullConnection playing) {
    udp = playing.isUdp();
    connections++;
    state = RtspPull.State.PLAYING;
    replaced = false;
    SafeCall.run(() -> listener.connected(pull));
  }

  @Override
  public void onEnd(PullEnd end, boolean received) {
    boolean wasPlaying = state == RtspPull.State.PLAYING;
    connection = null;
    if (received) {
      backOff.reset();
      redirections = 0;
    }
    state = wanted ? RtspPull.State.WAITING : RtspPull.State.IDLE;
    if (end.kind() != PullEnd.Kind.UNWANTED) {
      lastFailure = end.reason();
      context.log().warn("Pulling '%s' from %s: %s".formatted(context.name(), url, end.reason()));
    }
    if (wanted) {
      goOn(end);
    }
    if (wasPlaying || end.kind() != PullEnd.Kind.UNWANTED) {
      SafeCall.run(() -> listener.disconnected(pull, end.reason()));
    }
  }

  private void goOn(PullEnd end) {
    PullUrl target = end.target();
    switch (end.kind()) {
      case REDIRECTED -> {
        if (target != null && ++redirections <= MOST_REDIRECTIONS) {
          url = target;
          retryIn(0);
        } else {
          backToSource();
          retryIn(context.options().times().mostRetryNanos());
        }
      }
      case NO_UDP -> {
        transport = RtspTransport.TCP;
        retryIn(0);
      }
      case REFUSED, REPLACED -> {
        replaced = end.kind() == PullEnd.Kind.REPLACED;
        backToSource();
        retryIn(backOff.longest());
      }
      default -> {
        backToSource();
        retryIn(backOff.next());
      }
    }
  }

  /** A redirection holds once: where it led to may be gone tomorrow, and so may its reason. */
  private void backToSource() {
    url = source;
    redirections = 0;
  }

  private void retryIn(long nanos) {
    retry.noLaterThan(now() + nanos);
  }

  private long now() {
    return context.media().clock().getAsLong();
  }
}
