package dev.sluice;

import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;

/** The orders in which threads may take turns, explored by a model checker. */
public final class Orders {

  private Orders() {}

  /**
   * Runs something in many orders, in the same ones each time.
   *
   * @param count how many
   * @param test throws where something is wrong
   */
  public static void explore(int count, Runnable test) {
    Lincheck.runConcurrentTest(count, test);
  }

  /**
   * Runs something many times, where what is shared is too large to be explored.
   *
   * @param count how often
   * @param test has threads meet, and throws where something is wrong
   */
  public static void repeat(int count, Runnable test) {
    for (int i = 0; i < count; i++) {
      test.run();
    }
  }

  /**
   * Does things at the same time, to their end.
   *
   * @param one on a thread
   * @param other on another one
   */
  public static void inParallel(Runnable one, Runnable other) {
    Throwable[] thrown = new Throwable[2];
    Thread first = new Thread(() -> thrown[0] = thrownBy(one));
    Thread second = new Thread(() -> thrown[1] = thrownBy(other));
    first.start();
    second.start();
    try {
      first.join();
      second.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (thrown[0] != null || thrown[1] != null) {
      throw new AssertionError(thrown[0] == null ? thrown[1] : thrown[0]);
    }
  }

  private static @Nullable Throwable thrownBy(Runnable task) {
    try {
      task.run();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  /**
   * Says what is wrong; assertions of a library would be explored too.
   *
   * @param holds what should
   * @param problem that it does not
   */
  public static void require(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError(problem);
    }
  }
}
