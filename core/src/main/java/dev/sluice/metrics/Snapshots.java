package dev.sluice.metrics;

import dev.sluice.EngineStatistics;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One snapshot for all meters that are read together. Safe for any thread. */
final class Snapshots {
  private static final long AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Supplier<EngineStatistics> source;
  private final LongSupplier clock;
  private @Nullable EngineStatistics newest;
  private long takenNanos;

  Snapshots(Supplier<EngineStatistics> source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
  }

  synchronized EngineStatistics get() {
    long now = clock.getAsLong();
    EngineStatistics snapshot = newest;
    if (snapshot == null || now - takenNanos >= AGE_NANOS) {
      snapshot = source.get();
      newest = snapshot;
      takenNanos = now;
    }
    return snapshot;
  }
}
