package dev.sluice.stream;

import dev.sluice.log.PacketLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The encodings of a picture that are published and flow at a moment, the smallest first. Those
 * whose bit rate is not known yet are left out.
 *
 * @param atNanos the moment
 * @param renditions in that order
 * @param bitrates of each the highest of late
 */
public record RankedRenditions(long atNanos, List<Rendition> renditions, long[] bitrates) {

  /** a picture of one frame a second is not silent */
  private static final long SILENT_NANOS = 1_500_000_000;

  private record Ranked(Rendition rendition, long bitrate) {}

  static RankedRenditions of(List<Rendition> renditions, long nowNanos) {
    List<Ranked> ranked = new ArrayList<>();
    for (Rendition rendition : renditions) {
      long bitrate = rendition.track().greatestBitrate();
      if (bitrate > 0 && isFlowing(rendition.track(), nowNanos)) {
        ranked.add(new Ranked(rendition, bitrate));
      }
    }
    ranked.sort(Comparator.comparingLong(Ranked::bitrate));
    return new RankedRenditions(
        nowNanos,
        ranked.stream().map(Ranked::rendition).toList(),
        ranked.stream().mapToLong(Ranked::bitrate).toArray());
  }

  /**
   * Finds one.
   *
   * @param track where it is read
   * @return its place, or -1
   */
  public int indexOf(Track track) {
    for (int i = 0; i < renditions.size(); i++) {
      if (renditions.get(i).track() == track) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether something came of late.
   *
   * @param track where it is read
   * @param nowNanos the engine's clock
   */
  public static boolean isFlowing(Track track, long nowNanos) {
    PacketLog log = track.log();
    long tail = log == null ? 0 : log.tail();
    return log != null && tail > 0 && nowNanos - log.ring().arrivalNanos(tail - 1) < SILENT_NANOS;
  }
}
