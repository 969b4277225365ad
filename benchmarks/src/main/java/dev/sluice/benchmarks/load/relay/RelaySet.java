package dev.sluice.benchmarks.load.relay;

import dev.sluice.OptionSet;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.SessionOptions;
import dev.sluice.benchmarks.baseline.ReferenceBaseline;

/** The option sets that are compared. */
public enum RelaySet {
  /** see {@link OptionSet#LOW_OVERHEAD} */
  LOW_OVERHEAD(3_000) {
    @Override
    void apply(RelayEngineBuilder builder, SessionOptions session, SessionMdns mdns) {
      builder.optionSet(OptionSet.LOW_OVERHEAD).session(session);
    }
  },
  /** see {@link OptionSet#RESILIENT} */
  RESILIENT(3_000) {
    @Override
    void apply(RelayEngineBuilder builder, SessionOptions session, SessionMdns mdns) {
      builder.optionSet(OptionSet.RESILIENT).session(session);
    }
  },
  /** see {@link ReferenceBaseline}; its RTCP interval is a part of it */
  REFERENCE_BASELINE(1_000) {
    @Override
    void apply(RelayEngineBuilder builder, SessionOptions session, SessionMdns mdns) {
      if (session.reportInterval().toMillis() != reportMillis()
          || session.handshakeThreads() != SessionOptions.DEFAULT.handshakeThreads()
          || !session.warmUp().isZero()) {
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

  abstract void apply(RelayEngineBuilder builder, SessionOptions session, SessionMdns mdns);
}
