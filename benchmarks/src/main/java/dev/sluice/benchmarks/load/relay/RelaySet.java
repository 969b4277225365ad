package dev.sluice.benchmarks.load.relay;

import dev.sluice.OptionSet;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.SessionOptions;
import dev.sluice.benchmarks.baseline.ReferenceBaseline;
import java.time.Duration;

/** The option sets that are compared. */
public enum RelaySet {
  /** see {@link OptionSet#LOW_OVERHEAD} */
  LOW_OVERHEAD(3_000) {
    @Override
    void apply(
        RelayEngineBuilder builder, long reportMillis, int handshakeThreads, SessionMdns mdns) {
      builder.optionSet(OptionSet.LOW_OVERHEAD).session(session(reportMillis, handshakeThreads));
    }
  },
  /** see {@link OptionSet#RESILIENT} */
  RESILIENT(3_000) {
    @Override
    void apply(
        RelayEngineBuilder builder, long reportMillis, int handshakeThreads, SessionMdns mdns) {
      builder.optionSet(OptionSet.RESILIENT).session(session(reportMillis, handshakeThreads));
    }
  },
  /** see {@link ReferenceBaseline}; its RTCP interval is a part of it */
  REFERENCE_BASELINE(1_000) {
    @Override
    void apply(
        RelayEngineBuilder builder, long reportMillis, int handshakeThreads, SessionMdns mdns) {
      if (reportMillis != reportMillis() || handshakeThreads != 0) {
        throw new IllegalArgumentException("the baseline's options are its own");
      }
      ReferenceBaseline.configure(builder, mdns);
    }
  };

  private final int reportMillis;

  RelaySet(int reportMillis) {
    this.reportMillis = reportMillis;
  }

  /** {@return mean time between RTCP reports that belongs to the set} */
  public int reportMillis() {
    return reportMillis;
  }

  abstract void apply(
      RelayEngineBuilder builder, long reportMillis, int handshakeThreads, SessionMdns mdns);

  private static SessionOptions session(long reportMillis, int handshakeThreads) {
    SessionOptions options =
        SessionOptions.DEFAULT.withReportInterval(Duration.ofMillis(reportMillis));
    return handshakeThreads == 0 ? options : options.withHandshakeThreads(handshakeThreads);
  }
}
