package dev.sluice.benchmarks.baseline;

import dev.sluice.DisconnectReason;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.jmdns.JmDNS;

/**
 * An mDNS listener for each connected viewer, bound to the loopback interface. They are opened and
 * closed on a thread of their own, since both take a while.
 */
public final class MdnsListeners implements RelayListener, AutoCloseable {
  private final Map<Viewer, JmDNS> listeners = new ConcurrentHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "baseline-mdns");
            thread.setDaemon(true);
            return thread;
          });

  /** Has no listeners yet. */
  public MdnsListeners() {}

  @Override
  public void viewerConnected(Viewer viewer) {
    worker.execute(() -> listeners.put(viewer, open(viewer.id())));
  }

  @Override
  public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
    worker.execute(() -> close(listeners.remove(viewer)));
  }

  /** {@return listeners that are open} */
  public int size() {
    return listeners.size();
  }

  /** Closes all listeners. */
  @Override
  public void close() {
    worker.execute(() -> listeners.values().forEach(MdnsListeners::close));
    worker.shutdown();
  }

  /**
   * Opens one listener.
   *
   * @param name a host name of its own
   */
  public static JmDNS open(String name) {
    try {
      return JmDNS.create(InetAddress.getLoopbackAddress(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JmDNS listener) {
    try {
      if (listener != null) {
        listener.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
