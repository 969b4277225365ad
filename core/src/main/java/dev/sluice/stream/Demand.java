package dev.sluice.stream;

import dev.sluice.LiveStream;
import dev.sluice.loop.SafeCall;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a source publishes because it is wanted. Guarded by {@link Demands}, but for what
 * the source is told.
 */
final class Demand {
  private final String streamName;
  private final Set<CompletableFuture<LiveStream>> waiting = new HashSet<>();
  private @Nullable RegisteredSource source;
  private @Nullable Runnable stop;
  private boolean watched;
  private @Nullable Future<?> ending;

  Demand(String streamName) {
    this.streamName = streamName;
  }

  String streamName() {
    return streamName;
  }

  Set<CompletableFuture<LiveStream>> waiting() {
    return waiting;
  }

  /** who publishes it; null while that is asked */
  @Nullable RegisteredSource source() {
    return source;
  }

  void startedBy(RegisteredSource answering, Runnable whenUnwanted) {
    source = answering;
    stop = whenUnwanted;
  }

  void watched(boolean now) {
    watched = now;
  }

  boolean isWanted() {
    return watched || !waiting.isEmpty();
  }

  boolean isEnding() {
    return ending != null;
  }

  /** It ends at some time unless it is wanted before. */
  void ending(Future<?> scheduled) {
    ending = scheduled;
  }

  void goOn() {
    if (ending != null) {
      ending.cancel(false);
      ending = null;
    }
  }

  /** Tells the source that nobody wants the stream; no lock is held. */
  void stop() {
    if (stop != null) {
      SafeCall.run(stop);
    }
  }
}
