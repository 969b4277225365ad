package dev.sluice.log;

/** Tells when the media of a track was captured. */
@FunctionalInterface
public interface CaptureClock {

  /**
   * The moment of an RTP timestamp.
   *
   * @param timestamp RTP timestamp of the source
   * @return an NTP timestamp (RFC 3550, section 4)
   */
  long ntpOf(int timestamp);
}
