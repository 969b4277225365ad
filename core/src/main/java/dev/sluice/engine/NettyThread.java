package dev.sluice.engine;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of Netty's own that tells who waits for it that event loops have ended, and lives a
 * second longer than they. An application that a container takes away in that second is never let
 * go: the thread finds no more classes, and waits for ever.
 */
final class NettyThread {
  /** twice as long as it lives without work */
  private static final long MAX_SECONDS = 2;

  private NettyThread() {}

  /** Waits for its end, unless Netty came from a class loader that lives as long as the process. */
  static void awaitEnd() {
    if (GlobalEventExecutor.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
      return;
    }
    try {
      GlobalEventExecutor.INSTANCE.awaitInactivity(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
