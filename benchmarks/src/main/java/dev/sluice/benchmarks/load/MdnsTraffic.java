package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.baseline.MdnsAnnouncements;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the other hosts of a link announce over mDNS, which every listener has to read. */
final class MdnsTraffic implements Closeable {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MdnsAnnouncements announcements = new MdnsAnnouncements();

  /**
   * Begins to announce.
   *
   * @param rate announcements a second, 0 for a silent link
   */
  MdnsTraffic(int rate) throws IOException {
    if (rate > 0) {
      timer.scheduleAtFixedRate(
          this::announce, 0, TimeUnit.SECONDS.toNanos(1) / rate, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    announcements.close();
  }

  private void announce() {
    try {
      announcements.announce();
    } catch (IOException e) {
      System.err.println("mDNS cannot be announced: " + e);
    }
  }
}
