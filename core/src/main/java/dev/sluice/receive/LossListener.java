package dev.sluice.receive;

/** Hears what a track's receiver misses while there is still time to get it again. */
@FunctionalInterface
public interface LossListener {
  /**
   * Packets are missing that the peer may send again.
   *
   * @param receiver of the track
   * @param sequenceNumbers in ascending order, which may wrap; borrowed
   * @param count how many of them
   */
  void missing(TrackReceiver receiver, int[] sequenceNumbers, int count);
}
