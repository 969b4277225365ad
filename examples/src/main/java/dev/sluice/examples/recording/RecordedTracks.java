package dev.sluice.examples.recording;

import dev.sluice.Frame;
import dev.sluice.TrackDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream's first video and its first audio track that files have a place for. */
final class RecordedTracks {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedTracks.class);

  private final @Nullable TrackDescription video;
  private final @Nullable TrackDescription audio;
  private @Nullable SampleFormat videoFormat;

  RecordedTracks(List<TrackDescription> tracks) {
    video = first(tracks, track -> track.isVideo() && VideoFormats.exists(track.codec()));
    audio = first(tracks, track -> AudioFormat.exists(track.codec()));
    for (TrackDescription track : tracks) {
      if (!track.equals(video) && !track.equals(audio)) {
        LOG.info("track {} ({}) is not recorded", track.name(), track.codec());
      }
    }
  }

  private static @Nullable TrackDescription first(
      List<TrackDescription> tracks, Predicate<TrackDescription> condition) {
    return tracks.stream().filter(condition).findFirst().orElse(null);
  }

  /** whether the frame is of a track that is recorded; a keyframe tells the format from then on */
  boolean take(Frame frame) {
    if (frame.track().equals(video)) {
      if (frame.isKeyframe()) {
        videoFormat = VideoFormats.of(frame);
      }
      return true;
    }
    return frame.track().equals(audio);
  }

  /** whether a file can begin with the frame, which was taken */
  boolean canStartWith(Frame frame) {
    return video == null
        || frame.track().equals(video) && frame.isKeyframe() && videoFormat != null;
  }

  /** what a file that begins now has */
  List<RecordedTrack> list() {
    List<RecordedTrack> list = new ArrayList<>();
    if (video != null && videoFormat != null) {
      list.add(new RecordedTrack(1, video, videoFormat));
    }
    if (audio != null) {
      list.add(new RecordedTrack(list.size() + 1, audio, AudioFormat.of(audio)));
    }
    return list;
  }
}
