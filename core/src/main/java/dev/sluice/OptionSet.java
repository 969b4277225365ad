package dev.sluice;

/** Named sets of options, to start from. */
public enum OptionSet {
  /**
   * The least that relays: no retransmission, no rate control and the smallest logs. New viewers
   * wait for a keyframe that the publisher is asked for.
   */
  LOW_OVERHEAD(
      Retransmission.OFF,
      RateOptions.OFF,
      HistoryOptions.DEFAULT
          .withDuration(java.time.Duration.ZERO)
          .withLateJoin(LateJoin.NEXT_KEYFRAME)),
  /**
   * The default: lost packets are sent again from the shared history, new viewers start at once.
   */
  RESILIENT(Retransmission.SHARED_HISTORY, RateOptions.DEFAULT, HistoryOptions.DEFAULT);

  private final Retransmission retransmission;
  private final RateOptions rate;
  private final HistoryOptions history;

  OptionSet(Retransmission retransmission, RateOptions rate, HistoryOptions history) {
    this.retransmission = retransmission;
    this.rate = rate;
    this.history = history;
  }

  Retransmission retransmission() {
    return retransmission;
  }

  RateOptions rate() {
    return rate;
  }

  HistoryOptions history() {
    return history;
  }
}
