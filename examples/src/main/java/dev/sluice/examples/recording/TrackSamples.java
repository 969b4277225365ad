package dev.sluice.examples.recording;

import dev.sluice.Frame;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one track that wait to be written. The newest always waits: how long a sample is
 * shown only the next one tells.
 */
final class TrackSamples {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** what the last sample of all is taken for when it is the only one */
  private static final int FRAMES_PER_SECOND = 25;

  /** from where on sound and picture are seen to be apart */
  private static final long NOTICEABLE_MICROS = 100_000;

  /** fragments for which they have to be, since clocks are not known exactly at each moment */
  private static final int MOST_APART = 5;

  private final RecordedTrack track;
  private final Instant start;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final List<Sample> samples = new ArrayList<>();
  private final DecodeTimes times = new DecodeTimes();
  private @Nullable Long offset;
  private long aheadMicros;
  private int apart;
  private long lastDuration;

  /**
   * Makes an empty list.
   *
   * @param track whose
   * @param start the moment that the file begins at
   */
  TrackSamples(RecordedTrack track, Instant start) {
    this.track = track;
    this.start = start;
    lastDuration = track.clockRate() / FRAMES_PER_SECOND;
  }

  RecordedTrack track() {
    return track;
  }

  int bytes() {
    return data.size();
  }

  /** takes a frame of the track, unless it is older than the file */
  void add(Frame frame) {
    long micros = ChronoUnit.MICROS.between(start, frame.time());
    if (offset == null) {
      offset = ticks(micros) - frame.timestamp();
    }
    long shownAt = frame.timestamp() + offset;
    aheadMicros = shownAt * MICROS_PER_SECOND / track.clockRate() - micros;
    if (shownAt >= 0) {
      int before = data.size();
      track.format().write(frame.data(), data);
      samples.add(new Sample(shownAt, frame.time(), data.size() - before, frame.isKeyframe()));
    }
  }

  /**
   * Keeps the track together with another: timestamps tell distances within a track exactly, but
   * the wall clock tells where tracks are against each other.
   */
  void follow(TrackSamples other) {
    if (offset == null) {
      return;
    }
    long aheadOfOther = aheadMicros - other.aheadMicros;
    apart = Math.abs(aheadOfOther) < NOTICEABLE_MICROS ? 0 : apart + 1;
    if (apart == MOST_APART) {
      offset -= ticks(aheadOfOther);
      apart = 0;
    }
  }

  private long ticks(long micros) {
    return micros * track.clockRate() / MICROS_PER_SECOND;
  }

  /**
   * {@return the samples for the next fragment, or null when there are none}
   *
   * @param isLast whether it is the file's last fragment, so that no sample has to wait
   */
  @Nullable SampleRun take(boolean isLast) {
    int count = isLast ? samples.size() : samples.size() - 1;
    if (count <= 0) {
      return null;
    }
    long[] decodedAt = decodedAt(count);
    List<Sample> taken = List.copyOf(samples.subList(0, count));
    samples.subList(0, count).clear();
    return new SampleRun(track, taken, decodedAt, takeData(taken));
  }

  /** of so many samples, and when the last one's time is over */
  private long[] decodedAt(int count) {
    long[] decodedAt = new long[count + 1];
    for (int i = 0; i < count; i++) {
      long shownAt = samples.get(i).shownAt();
      boolean isNewest = i + 1 == samples.size();
      long followingAt = isNewest ? shownAt + lastDuration : samples.get(i + 1).shownAt();
      decodedAt[i] = times.next(shownAt, followingAt);
    }
    decodedAt[count] = times.end();
    lastDuration = decodedAt[count] - decodedAt[count - 1];
    return decodedAt;
  }

  private byte[] takeData(List<Sample> taken) {
    int length = taken.stream().mapToInt(Sample::bytes).sum();
    byte[] all = data.toByteArray();
    data.reset();
    data.write(all, length, all.length - length);
    return Arrays.copyOf(all, length);
  }
}
