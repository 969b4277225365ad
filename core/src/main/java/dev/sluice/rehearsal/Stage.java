package dev.sluice.rehearsal;

import dev.sluice.EngineConfiguration;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The options of an engine that plays to itself. */
public final class Stage {
  private static final int LOG_BYTES = 256 << 10;
  private static final Duration REPORT_INTERVAL = Duration.ofMillis(100);

  private Stage() {}

  /**
   * Takes an engine's options for those of a rehearsal, which nobody hears of and which stays on
   * the loopback address. What decides how packets are made is the same.
   *
   * @param performance what the host has chosen
   * @return the changed configuration
   */
  public static EngineConfiguration of(EngineConfiguration performance) {
    return new EngineConfiguration(
        network(performance.network()),
        performance.egress(),
        performance.history().withMaxBytes(LOG_BYTES),
        performance.retransmission().enabled() ? Retransmission.SHARED_HISTORY : Retransmission.OFF,
        performance.rate(),
        performance.media(),
        session(performance.session()),
        new RelayListener() {},
        null);
  }

  private static NetworkOptions network(NetworkOptions chosen) {
    return NetworkOptions.DEFAULT
        .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .withEventLoops(chosen.eventLoops())
        .withNativeTransport(chosen.nativeTransport())
        .withReceiveBatch(chosen.receiveBatch());
  }

  private static SessionOptions session(SessionOptions chosen) {
    return chosen
        .withReportInterval(REPORT_INTERVAL)
        .withMaxViewers(SessionOptions.DEFAULT.maxViewers())
        .withMaxConnecting(SessionOptions.DEFAULT.maxConnecting());
  }
}
