package dev.sluice.stream;

import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import io.netty.channel.embedded.EmbeddedChannel;

/** Makes registries without an engine. */
final class Registries {
  private static final EngineClock CLOCK = new EngineClock();
  static final Demands NOBODY_ASKS = new Demands(new EmbeddedChannel().eventLoop(), 1);

  private Registries() {}

  static StreamRegistry with(RelayListener listener) {
    return with(listener, RateOptions.DEFAULT, CLOCK, NOBODY_ASKS);
  }

  static StreamRegistry with(
      RelayListener listener, RateOptions rate, EngineClock clock, Demands demands) {
    EngineConfiguration configuration =
        new EngineConfiguration(
            NetworkOptions.DEFAULT,
            EgressOptions.DEFAULT,
            HistoryOptions.DEFAULT,
            Retransmission.SHARED_HISTORY,
            rate,
            MediaOptions.DEFAULT,
            SessionOptions.DEFAULT,
            listener,
            null);
    return new StreamRegistry(configuration, new SegmentPool(0), clock, demands);
  }
}
