package dev.sluice.stream;

import dev.sluice.Viewer;

/** Who watches a stream, as the stream sees it. */
public interface StreamViewer extends Viewer {

  /** The stream has another publisher, perhaps with codecs that were not agreed upon. */
  void published();
}
