package dev.sluice.webrtc;

/** Hears what becomes of a peer's media, on its event loop. */
interface IngestListener {

  /**
   * Nobody takes it any more.
   *
   * @param replaced whether another publisher took the stream over
   */
  void publicationEnded(boolean replaced);
}
