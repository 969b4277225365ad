package dev.sluice.rtcp;

/**
 * The round-trip time from reports that refer to one's own: for a sender from the LSR and DLSR of a
 * {@link ReportBlock} (RFC 3550 section 6.4.1), for a receiver from the LRR and DLRR of a {@link
 * DlrrBlock} (RFC 3611 section 4.5).
 */
public final class RoundTripTime {
  /** returned when the peer has not seen a report yet */
  public static final long UNKNOWN = -1;

  private RoundTripTime() {}

  /**
   * {@return the round-trip time in nanoseconds, to 1/65536 s, or {@link #UNKNOWN}; 0 where the
   * clocks make it negative}
   *
   * @param now compact NTP timestamp of the moment at which the report arrived, by the clock of
   *     one's own reports
   * @param lastReport LSR or LRR
   * @param delay DLSR or DLRR
   */
  public static long nanos(int now, int lastReport, int delay) {
    if (lastReport == 0) {
      return UNKNOWN;
    }
    return NtpTime.durationNanos(Math.max(0, now - lastReport - delay));
  }
}
