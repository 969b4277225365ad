package dev.sluice.loop;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.function.Supplier;

/**
 * Calls Netty on a thread that may be the host's, and leaves nothing there. What Netty keeps for a
 * thread holds the class loader that Netty came from, for as long as the thread lives: that of an
 * application which was taken away, where a container has deployed it.
 */
public final class HostThread {

  private HostThread() {}

  /**
   * Calls. What the host itself has with Netty on this thread stays.
   *
   * @param <T> what the call makes
   * @param call makes channels or buffers
   * @return what the call returns
   */
  public static <T> T leavingNothing(Supplier<T> call) {
    boolean hadNothing = FastThreadLocal.size() == 0;
    try {
      return call.get();
    } finally {
      if (hadNothing) {
        FastThreadLocal.removeAll();
      }
    }
  }
}
