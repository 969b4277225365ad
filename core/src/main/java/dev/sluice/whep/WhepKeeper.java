package dev.sluice.whep;

import dev.sluice.Ingest;
import dev.sluice.loop.Alarm;
import dev.sluice.loop.SafeCall;
import dev.sluice.pull.BackOff;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session with an endpoint for as long as its stream is wanted. Where it ends, another one
 * is tried, later each time. On the pull's event loop only, but for what statistics read.
 */
final class WhepKeeper implements WhepSession.Owner {
  private final WhepContext context;
  private final WhepPull pull;
  private final WhepPullListener listener;
  private final Alarm retry;
  private final BackOff backOff;
  private @Nullable WhepSession session;
  private boolean wanted;
  private boolean replaced;
  private volatile @Nullable Ingest newest;
  private volatile WhepPull.State state = WhepPull.State.IDLE;
  private volatile String lastFailure = "";
  private volatile long attempts;
  private volatile long connections;

  WhepKeeper(WhepContext context, WhepPull pull, WhepPullListener listener) {
    this.context = context;
    this.pull = pull;
    this.listener = listener;
    retry = new Alarm(context.loop(), context.clock(), this::connect);
    backOff =
        new BackOff(
            context.times().leastRetryNanos(), context.times().mostRetryNanos(), context.random());
  }

  WhepPullStatistics statistics() {
    Ingest last = newest;
    return new WhepPullStatistics(
        state, attempts, connections, lastFailure, last == null ? null : last.statistics());
  }

  /** The stream is wanted from now on. */
  void start() {
    if (!wanted) {
      wanted = true;
      replaced = false;
      backOff.reset();
      connect();
    }
  }

  /** It is wanted no more. */
  void stop() {
    boolean wasPlaying = state == WhepPull.State.PLAYING;
    wanted = false;
    retry.cancel();
    if (session != null) {
      session.leave();
      session = null;
    }
    state = WhepPull.State.IDLE;
    if (wasPlaying) {
      SafeCall.run(() -> listener.disconnected(pull, "it is not wanted any more"));
    }
  }

  private void connect() {
    if (!context.engine().health().open()) {
      stop();
      return;
    }
    if (replaced && context.isTaken()) {
      retry.noLaterThan(context.clock().getAsLong() + context.times().mostRetryNanos());
      return;
    }
    state = WhepPull.State.CONNECTING;
    attempts++;
    session = WhepSession.begin(context, this);
  }

  /** A session of this stream's name is connected, perhaps the one that is kept. */
  void connected(Ingest ingest) {
    if (session != null && session.ingest() == ingest) {
      session.connected();
    }
  }

  @Override
  public void onPlaying(WhepSession playing) {
    newest = playing.ingest();
    connections++;
    state = WhepPull.State.PLAYING;
    replaced = false;
    SafeCall.run(() -> listener.connected(pull));
  }

  @Override
  public void onEnd(WhepSession gone, WhepEnd end) {
    if (gone != session) {
      return;
    }
    session = null;
    if (state == WhepPull.State.PLAYING) {
      backOff.reset();
    }
    state = WhepPull.State.WAITING;
    lastFailure = end.reason();
    replaced = end.kind() == WhepEnd.Kind.REPLACED;
    context
        .log()
        .warn(
            "Pulling '%s' from %s: %s"
                .formatted(context.streamName(), WhepUrl.shown(context.url()), end.reason()));
    long delay = end.kind() == WhepEnd.Kind.FAILED ? backOff.next() : backOff.longest();
    retry.noLaterThan(context.clock().getAsLong() + Math.max(delay, end.leastDelayNanos()));
    SafeCall.run(() -> listener.disconnected(pull, end.reason()));
  }
}
