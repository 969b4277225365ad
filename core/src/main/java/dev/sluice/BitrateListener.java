package dev.sluice;

/** Hears how much of a picture its viewers' links carry; see {@link Publisher#onBitrateHint}. */
@FunctionalInterface
public interface BitrateListener {
  /** Said of a picture that is not limited any more. */
  long UNLIMITED = Long.MAX_VALUE;

  /**
   * The links carry another bit rate from now on.
   *
   * @param track name of the picture's track in its {@link TrackDescription}
   * @param bitrate bits per second of RTP packets that the picture should not exceed on average;
   *     {@link #UNLIMITED} when it may take what it needs
   */
  void bitrateHint(String track, long bitrate);
}
