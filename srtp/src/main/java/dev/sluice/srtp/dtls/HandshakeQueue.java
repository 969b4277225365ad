package dev.sluice.srtp.dtls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the executor, in the order that gets most handshakes done when more come than can
 * be computed: first those that the client has done its part of, then hellos, the newest first. In
 * the order of arrival each would come to its turn only when its client has given up, or when it
 * had to give way to newer ones, and none would be completed. Safe for use by several threads.
 */
final class HandshakeQueue {
  private final Executor executor;
  private final Deque<HandshakeRun> finals = new ArrayDeque<>();
  private final Deque<HandshakeRun> hellos = new ArrayDeque<>();
  private int withoutTurn;

  HandshakeQueue(Executor executor) {
    this.executor = executor;
  }

  /**
   * Has a run computed once it is the next.
   *
   * @throws RuntimeException when the executor takes no more; then the run does not wait here
   */
  void add(HandshakeRun run) {
    synchronized (this) {
      if (run.isFinal()) {
        finals.addLast(run);
      } else {
        hellos.addFirst(run);
      }
    }
    try {
      executor.execute(this::takeTurn);
    } catch (Throwable e) {
      if (remove(run)) {
        throw e;
      }
    }
  }

  /** Returns false if the run was taken in the turn of another one, which then still waits. */
  private synchronized boolean remove(HandshakeRun run) {
    boolean removed = (run.isFinal() ? finals : hellos).remove(run);
    withoutTurn += removed ? 0 : 1;
    return removed;
  }

  private void takeTurn() {
    do {
      HandshakeRun next = poll();
      if (next != null) {
        next.run();
      }
    } while (isOneWithoutTurn());
  }

  private synchronized @Nullable HandshakeRun poll() {
    HandshakeRun next = finals.pollFirst();
    return next == null ? hellos.pollFirst() : next;
  }

  private synchronized boolean isOneWithoutTurn() {
    boolean one = withoutTurn > 0;
    withoutTurn -= one ? 1 : 0;
    return one;
  }
}
