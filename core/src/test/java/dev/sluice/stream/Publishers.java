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

  /** what viewers read of a track */
  static Track track(Publisher publisher, String name) {
    return ((LogInput) publisher.track(name)).track();
  }
}
