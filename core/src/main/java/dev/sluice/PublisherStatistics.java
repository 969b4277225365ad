package dev.sluice;

import java.util.Map;

/**
 * What a publisher sent, all its tracks together, and each of them.
 *
 * @param packetsReceived RTP packets, or frames where the host pushes those
 * @param bytesReceived bytes of payload
 * @param bitRate bits of payload a second, over the last second or two
 * @param packetsLost sequence numbers that never came
 * @param packetsDiscarded what came too late or was malformed
 * @param keyframes pictures at which viewers can start
 * @param tracks the same by the name of the track
 */
public record PublisherStatistics(
    long packetsReceived,
    long bytesReceived,
    long bitRate,
    long packetsLost,
    long packetsDiscarded,
    long keyframes,
    Map<String, TrackStatistics> tracks) {

  /**
   * Makes the map immutable.
   *
   * @param packetsReceived see above
   * @param bytesReceived see above
   * @param bitRate see above
   * @param packetsLost see above
   * @param packetsDiscarded see above
   * @param keyframes see above
   * @param tracks see above
   */
  public PublisherStatistics {
    tracks = Map.copyOf(tracks);
  }

  /**
   * Adds up tracks.
   *
   * @param tracks by name
   * @return the sums, and the tracks
   */
  public static PublisherStatistics of(Map<String, TrackStatistics> tracks) {
    long packets = 0;
    long bytes = 0;
    long bitRate = 0;
    long lost = 0;
    long discarded = 0;
    long keyframes = 0;
    for (TrackStatistics track : tracks.values()) {
      packets += track.packets();
      bytes += track.bytes();
      bitRate += track.bitRate();
      lost += track.lost();
      discarded += track.outOfOrder() + track.malformed();
      keyframes += track.keyframes();
    }
    return new PublisherStatistics(packets, bytes, bitRate, lost, discarded, keyframes, tracks);
  }
}
