package dev.sluice.stream;

/** All readers of one track on one event loop. Methods are called from any thread. */
public interface TrackReaders {

  /** There is something new to read, or another source to read from. */
  void wake();

  /**
   * Has all that was published before read, as far as the readers take it.
   *
   * @param then run on the event loop afterwards
   */
  void readToEnd(Runnable then);
}
