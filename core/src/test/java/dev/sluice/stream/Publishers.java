package dev.sluice.stream;

import dev.sluice.Publisher;

/** Does to publishers what their viewers do. */
public final class Publishers {

  private Publishers() {}

  /**
   * Asks for a keyframe.
   *
   * @param publisher whom
   */
  public static void requestKeyframe(Publisher publisher) {
    ((Publication) publisher).requestKeyframe();
  }

  /**
   * Tells what their links carry.
   *
   * @param publisher whom
   * @param track of which of its tracks
   * @param bitrate in bits per second
   */
  public static void hintBitrate(Publisher publisher, String track, long bitrate) {
    ((Publication) publisher).hintBitrate(track, bitrate);
  }

  /** what viewers read of a track */
  static Track track(Publisher publisher, String name) {
    return ((LogInput) publisher.track(name)).track();
  }
}
