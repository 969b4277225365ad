package dev.sluice.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is under load, as this process sees it. */
interface LoadedRelay extends AutoCloseable {

  /** Publishes the first streams; they end when the result is closed. */
  Closeable publish(int streams, Scenario scenario) throws IOException;

  /** brings an offer to a stream */
  UnaryOperator<String> player(int stream);

  /** bytes of heap in use after all garbage was collected; not a number where nobody says */
  double heapAfterCollection();

  /** what it says of itself, by name; nothing where nobody says */
  Map<String, Long> statistics();

  /** what the kernel says of it */
  ProcessUsage usage();

  /** Waits until there are no more viewers than so many, but not for long. */
  void awaitViewers(int count) throws InterruptedException;

  @Override
  void close();
}
