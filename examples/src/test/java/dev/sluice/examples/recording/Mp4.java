package dev.sluice.examples.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mp4parser.IsoFile;
import org.mp4parser.boxes.iso14496.part12.MovieExtendsHeaderBox;
import org.mp4parser.boxes.iso14496.part12.MovieFragmentBox;
import org.mp4parser.boxes.iso14496.part12.TrackFragmentBox;
import org.mp4parser.boxes.iso14496.part12.TrackHeaderBox;
import org.mp4parser.boxes.iso14496.part12.TrackRunBox;

/**
 * What a file says.
 *
 * @param sizes width and height of each track
 * @param samples their number in each track
 * @param durations of the samples together, in each track's ticks
 * @param millis of the whole
 * @param fragments their number
 */
record Mp4(
    List<String> sizes, List<Long> samples, List<Long> durations, long millis, int fragments) {

  static Mp4 read(Path path) throws IOException {
    try (IsoFile file = new IsoFile(path.toFile())) {
      List<TrackHeaderBox> headers = file.getMovieBox().getBoxes(TrackHeaderBox.class, true);
      return new Mp4(
          headers.stream()
              .map(header -> (int) header.getWidth() + "x" + (int) header.getHeight())
              .toList(),
          headers.stream().map(header -> entries(file, header.getTrackId()).count()).toList(),
          headers.stream()
              .map(
                  header ->
                      entries(file, header.getTrackId())
                          .mapToLong(TrackRunBox.Entry::getSampleDuration)
                          .sum())
              .toList(),
          file.getBoxes(MovieExtendsHeaderBox.class, true).get(0).getFragmentDuration(),
          file.getBoxes(MovieFragmentBox.class).size());
    }
  }

  private static Stream<TrackRunBox.Entry> entries(IsoFile file, long track) {
    return file.getBoxes(TrackFragmentBox.class, true).stream()
        .filter(fragment -> fragment.getTrackFragmentHeaderBox().getTrackId() == track)
        .flatMap(fragment -> fragment.getBoxes(TrackRunBox.class).stream())
        .flatMap(run -> run.getEntries().stream());
  }
}
