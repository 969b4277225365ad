package dev.sluice.examples.recording;

import dev.sluice.TrackDescription;

/**
 * One track of a file.
 *
 * @param id track_ID, from 1
 * @param description the stream's track
 * @param format of its samples
 */
record RecordedTrack(int id, TrackDescription description, SampleFormat format) {

  /** {@return ticks a second of its times} */
  int clockRate() {
    return description.codec().clockRate();
  }

  /** {@return whether it is video} */
  boolean isVideo() {
    return description.isVideo();
  }
}
