package dev.sluice.stream;

import dev.sluice.LiveStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A stream that a source publishes because it is wanted. Guarded by {@link Demands}. */
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

  /** who publishes it; null while that is asked, and while it stops */
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

  /**
   * {@return what tells the source that nobody wants the stream, for the caller to run once and
   * without a lock; null where the source was told, or has not started}
   */
  @Nullable Runnable takeStop() {
    Runnable taken = stop;
    source = null;
    stop = null;
    goOn();
    return taken;
  }
}
