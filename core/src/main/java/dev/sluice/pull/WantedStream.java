package dev.sluice.pull;

import dev.sluice.spi.SourceOnDemand;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One stream that is fetched while somebody wants it.
 *
 * @param streamName as {@link dev.sluice.StreamName} spells it
 * @param times how long to wait, and for what
 * @param loop where it is begun and ended
 * @param begin begins to fetch it
 * @param end ends that
 */
public record WantedStream(
    String streamName, PullTimes times, Executor loop, Runnable begin, Runnable end)
    implements SourceOnDemand {

  @Override
  public @Nullable Runnable start(String wanted) {
    if (!wanted.equals(streamName)) {
      return null;
    }
    loop.execute(begin);
    return () -> loop.execute(end);
  }

  @Override
  public Duration patience() {
    return times.patience();
  }

  @Override
  public Duration linger() {
    return times.linger();
  }
}
