package dev.sluice;

/** Named sets of options, to start from. */
public enum OptionSet {
  /**
   * The least that relays: no retransmission and the smallest logs. New viewers wait for a keyframe
   * that the publisher is asked for.
   */
  LOW_OVERHEAD(
      Retransmission.OFF,
      HistoryOptions.DEFAULT
          .withDuration(java.time.Duration.ZERO)
          .withLateJoin(LateJoin.NEXT_KEYFRAME)),
  /**
   * The default: lost packets are sent again from the shared history, new viewers start at once.
   */
  RESILIENT(Retransmission.SHARED_HISTORY, HistoryOptions.DEFAULT);

  private final Retransmission retransmission;
  private final HistoryOptions history;

  OptionSet(Retransmission retransmission, HistoryOptions history) {
    this.retransmission = retransmission;
    this.history = history;
  }

  Retransmission retransmission() {
    return retransmission;
  }

  HistoryOptions history() {
    return history;
  }
}
