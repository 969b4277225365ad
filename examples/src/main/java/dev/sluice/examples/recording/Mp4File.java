package dev.sluice.examples.recording;

import dev.sluice.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A fragmented MP4 file. A fragment is written whole, at each keyframe and at least each second, so
 * the file can be played while it grows, and what ends in the middle lacks a second at most. It has
 * the suffix {@code .part} until it is complete.
 */
final class Mp4File implements Closeable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MOST_NAME_CHARACTERS = 200;
  private static final long MOST_FRAGMENT_MILLIS = 1000;
  private static final int MOST_FRAGMENT_BYTES = 4 << 20;

  private final Path path;
  private final FileChannel channel;
  private final FileHeader header;
  private final List<RecordedTrack> tracks;
  private final List<TrackSamples> samples;
  private Instant fragmentStart;
  private long fragments;
  private long durationMillis;

  private Mp4File(Path path, List<RecordedTrack> tracks, Instant start) throws IOException {
    this.path = path;
    this.tracks = tracks;
    channel =
        FileChannel.open(growing(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    header = new FileHeader(tracks, start);
    samples = tracks.stream().map(track -> new TrackSamples(track, start)).toList();
    fragmentStart = start;
  }

  /**
   * Begins a file.
   *
   * @param directory where
   * @param stream what its name begins with
   * @param tracks what it has
   * @param start the moment that it begins at
   * @return the file
   * @throws IOException if it cannot be written
   */
  static Mp4File create(Path directory, String stream, List<RecordedTrack> tracks, Instant start)
      throws IOException {
    String name = URLEncoder.encode(stream, StandardCharsets.UTF_8).replace("*", "%2A");
    String shortened = name.substring(0, Math.min(name.length(), MOST_NAME_CHARACTERS));
    Path path = free(directory, shortened + "-" + TIME.format(start));
    Mp4File file = new Mp4File(path, tracks, start);
    try {
      file.append(file.header.bytes(0));
    } catch (IOException e) {
      file.channel.close();
      throw e;
    }
    return file;
  }

  /** the name, with a number where it is taken */
  private static Path free(Path directory, String name) {
    Path path = directory.resolve(name + ".mp4");
    for (int i = 2; Files.exists(path) || Files.exists(growing(path)); i++) {
      path = directory.resolve(name + "-" + i + ".mp4");
    }
    return path;
  }

  private static Path growing(Path path) {
    return path.resolveSibling(path.getFileName() + ".part");
  }

  Path path() {
    return path;
  }

  List<RecordedTrack> tracks() {
    return tracks;
  }

  /** takes a frame of one of the tracks; a keyframe begins a fragment */
  void add(Frame frame) throws IOException {
    for (TrackSamples track : samples) {
      if (track.track().description().equals(frame.track())) {
        track.add(frame);
      }
    }
    if (isFragmentDue(frame)) {
      writeFragment(false);
      samples.forEach(track -> track.follow(samples.get(0)));
      fragmentStart = frame.time();
    }
  }

  private boolean isFragmentDue(Frame frame) {
    return frame.track().isVideo() && frame.isKeyframe()
        || fragmentStart.plusMillis(MOST_FRAGMENT_MILLIS).isBefore(frame.time())
        || samples.stream().mapToInt(TrackSamples::bytes).sum() > MOST_FRAGMENT_BYTES;
  }

  private void writeFragment(boolean isLast) throws IOException {
    List<SampleRun> runs =
        samples.stream().map(track -> track.take(isLast)).filter(Objects::nonNull).toList();
    if (!runs.isEmpty()) {
      fragments++;
      append(MovieFragment.of(fragments, runs));
      runs.forEach(run -> durationMillis = Math.max(durationMillis, run.endMillis()));
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  /** writes what waits, and gives the file its name */
  @Override
  public void close() throws IOException {
    try (channel) {
      writeFragment(true);
      channel.position(0);
      append(header.bytes(durationMillis));
    }
    Files.move(growing(path), path);
  }
}
