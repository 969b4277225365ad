package dev.sluice.stream;

import dev.sluice.LimitExceededException;
import dev.sluice.LiveStream;
import dev.sluice.StreamNotReadyException;
import dev.sluice.UnknownStreamException;
import dev.sluice.loop.SafeCall;
import dev.sluice.spi.SourceOnDemand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has sources publish streams that are wanted, and stop when they are wanted no more. Sources and
 * who waits are called while no lock is held. A demand stays while its source stops, so that
 * whoever wants the stream meanwhile has it started after that, not beside it.
 */
public final class Demands {
  private final ScheduledExecutorService timers;
  private final int mostWaiting;
  private final List<RegisteredSource> sources = new CopyOnWriteArrayList<>();
  private final Map<String, Demand> active = new HashMap<>();
  private int waiting;
  private volatile boolean closed;

  /**
   * Makes demands without sources.
   *
   * @param timers where to be woken
   * @param mostWaiting how many may wait for streams together
   */
  public Demands(ScheduledExecutorService timers, int mostWaiting) {
    this.timers = timers;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Asks a source too from now on; see {@link dev.sluice.RelayEngine#onDemand}.
   *
   * @param source asked behind those that came before it
   * @return what takes that back
   */
  public SourceOnDemand.Registration add(SourceOnDemand source) {
    RegisteredSource registered = new RegisteredSource(source);
    sources.add(registered);
    return () -> remove(registered);
  }

  /**
   * Waits for a stream; see {@link dev.sluice.RelayEngine#demand}.
   *
   * @param name the stream's
   * @param current finds it; null while nobody publishes or watches it
   * @return the stream, when it is there
   */
  CompletionStage<LiveStream> demand(String name, Supplier<@Nullable RelayedStream> current) {
    if (closed) {
      return CompletableFuture.failedFuture(refusal());
    }
    RelayedStream found = current.get();
    boolean live = found != null && found.isLive();
    CompletionStage<LiveStream> asked =
        live || sources.isEmpty()
            ? CompletableFuture.failedFuture(unknown(name))
            : ask(name, current);
    return found == null ? asked : CompletableFuture.completedFuture(found);
  }

  private CompletionStage<LiveStream> ask(String name, Supplier<@Nullable RelayedStream> current) {
    CompletableFuture<LiveStream> result = new CompletableFuture<>();
    Demand demand;
    boolean isNew;
    synchronized (this) {
      if (closed || waiting >= mostWaiting) {
        return CompletableFuture.failedFuture(refusal());
      }
      isNew = !active.containsKey(name);
      demand = active.computeIfAbsent(name, Demand::new);
      enter(demand, result);
      RelayedStream stream = current.get();
      demand.watched(stream != null && stream.isWatched());
    }
    if (isNew) {
      start(demand);
    }
    RelayedStream stream = current.get();
    if (stream != null) {
      result.complete(stream);
    }
    return result;
  }

  private RuntimeException refusal() {
    return closed
        ? new IllegalStateException("the engine is closed")
        : new LimitExceededException(
            mostWaiting + " wait for streams; raise session.maxConnecting to allow more");
  }

  private void enter(Demand demand, CompletableFuture<LiveStream> result) {
    waiting++;
    demand.waiting().add(result);
    demand.goOn();
    if (demand.source() != null) {
      limit(demand, demand.source(), result);
    }
    result.whenComplete((stream, failure) -> left(demand, result));
  }

  private void start(Demand demand) {
    for (RegisteredSource source : sources) {
      Runnable stop = ask(source.source(), demand.streamName());
      if (stop != null) {
        started(demand, source, stop);
        return;
      }
    }
    synchronized (this) {
      active.remove(demand.streamName(), demand);
    }
    refuse(demand);
  }

  private static @Nullable Runnable ask(SourceOnDemand source, String streamName) {
    @Nullable Runnable[] stop = {null};
    SafeCall.run(() -> stop[0] = source.start(streamName));
    return stop[0];
  }

  private void started(Demand demand, RegisteredSource source, Runnable stop) {
    synchronized (this) {
      demand.startedBy(source, stop);
      waiting(demand).forEach(result -> limit(demand, source, result));
      review(demand);
    }
    endIfTakenOut(demand);
  }

  private void limit(Demand demand, RegisteredSource source, CompletableFuture<LiveStream> result) {
    Duration patience = source.patience();
    Future<?> timeout =
        schedule(
            () ->
                result.completeExceptionally(
                    new StreamNotReadyException(
                        "'%s' was not published within %s"
                            .formatted(demand.streamName(), patience))),
            patience);
    result.whenComplete((stream, failure) -> timeout.cancel(false));
  }

  private Future<?> schedule(Runnable task, Duration delay) {
    try {
      return timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) { // with the event loops all streams end
      return CompletableFuture.completedFuture(null);
    }
  }

  private synchronized void left(Demand demand, CompletableFuture<LiveStream> result) {
    if (demand.waiting().remove(result)) {
      waiting--;
      review(demand);
    }
  }

  /**
   * A stream is published.
   *
   * @param stream which may be silent again
   */
  void published(RelayedStream stream) {
    Demand demand;
    synchronized (this) {
      demand = active.get(stream.name());
    }
    if (demand != null) {
      waiting(demand).forEach(result -> result.complete(stream));
    }
  }

  private void refuse(Demand demand) {
    waiting(demand).forEach(result -> result.completeExceptionally(unknown(demand.streamName())));
  }

  private synchronized List<CompletableFuture<LiveStream>> waiting(Demand demand) {
    return List.copyOf(demand.waiting());
  }

  /**
   * Somebody came to watch or read a stream, or left.
   *
   * @param stream in its present state
   */
  synchronized void used(RelayedStream stream) {
    Demand demand = active.get(stream.name());
    if (demand != null) {
      demand.watched(stream.isWatched());
      review(demand);
    }
  }

  private void review(Demand demand) {
    RegisteredSource source = demand.source();
    if (demand.isWanted() || source == null) {
      demand.goOn();
    } else if (!demand.isEnding()) {
      demand.ending(schedule(() -> endIfUnwanted(demand), source.linger()));
    }
  }

  private void endIfUnwanted(Demand demand) {
    Runnable stop;
    synchronized (this) {
      stop = demand.isWanted() ? null : demand.takeStop();
    }
    if (stop != null) {
      stop(demand, stop);
    }
  }

  private void endIfTakenOut(Demand demand) {
    Runnable stop;
    synchronized (this) {
      stop = sources.contains(demand.source()) ? null : demand.takeStop();
    }
    if (stop != null) {
      refuse(demand);
      stop(demand, stop);
    }
  }

  private void stop(Demand demand, Runnable stop) {
    SafeCall.run(stop);
    boolean again;
    synchronized (this) {
      again = demand.isWanted();
      if (!again) {
        active.remove(demand.streamName(), demand);
      }
    }
    if (again) {
      start(demand);
    }
  }

  private void remove(RegisteredSource source) {
    if (sources.remove(source)) {
      all().forEach(this::endIfTakenOut);
    }
  }

  /** Ends all that sources publish. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    sources.clear();
    all().forEach(this::refuse);
    all().forEach(this::endIfTakenOut);
  }

  private synchronized List<Demand> all() {
    return new ArrayList<>(active.values());
  }

  private static UnknownStreamException unknown(String name) {
    return new UnknownStreamException("there is no stream '" + name + "'");
  }
}
