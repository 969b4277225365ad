package dev.sluice;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A named stream: at most one publisher, any number of viewers. It lives as long as it has either.
 * Safe for any thread.
 */
public interface LiveStream {

  /** {@return its name, in the one spelling that {@link StreamName} gives it} */
  String name();

  /** {@return whether somebody publishes it at this moment} */
  boolean isLive();

  /**
   * {@return who publishes it at this moment, whatever door it came in by; closing it ends the
   * stream's media}
   */
  Optional<Publisher> publisher();

  /**
   * {@return who publishes an encoding of it at this moment: its {@link #publisher()} first, then
   * those of {@link RelayEngine#publishRendition}}
   */
  List<Publisher> renditions();

  /** {@return the tracks of the current publisher, or of the last one while there is none} */
  List<TrackDescription> tracks();

  /** {@return who watches it at this moment} */
  Collection<Viewer> viewers();

  /** {@return what all its publishers sent since it began; it ends when nobody is left} */
  PublisherTotals publisherTotals();

  /** {@return what all its viewers were sent since it began; it ends when nobody is left} */
  ViewerTotals viewerTotals();
}
