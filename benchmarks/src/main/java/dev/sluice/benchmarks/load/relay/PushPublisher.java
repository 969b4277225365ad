package dev.sluice.benchmarks.load.relay;

import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackInput;
import dev.sluice.benchmarks.load.media.FramePacer;
import dev.sluice.benchmarks.load.media.SyntheticVideo;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A host that pushes access units of many streams from one thread. A viewer's wish for a keyframe
 * is granted with the next frame.
 */
final class PushPublisher implements AutoCloseable {
  /** the thread's name, which its share of the CPU time is known by */
  static final String THREAD_NAME = "load-publisher";

  private final SyntheticVideo video;
  private final List<Source> sources;
  private final FramePacer pacer;

  PushPublisher(RelayEngine engine, int streams, int kilobits, int frameRate) {
    video = new SyntheticVideo(kilobits, frameRate);
    TrackDescription track = TrackDescription.h264("video", SyntheticVideo.parameterSets());
    sources =
        IntStream.range(0, streams)
            .mapToObj(i -> new Source(i, engine.publish("s" + i, List.of(track))))
            .toList();
    pacer = new FramePacer(THREAD_NAME, sources, frameRate);
  }

  @Override
  public void close() {
    pacer.close();
    sources.forEach(source -> source.publisher.close());
  }

  private final class Source implements FramePacer.Source {
    private final int stream;
    private final Publisher publisher;
    private final TrackInput input;
    private volatile boolean keyframeWanted;

    Source(int stream, Publisher publisher) {
      this.stream = stream;
      this.publisher = publisher;
      input = publisher.track("video");
      publisher.onKeyframeRequest(() -> keyframeWanted = true);
    }

    @Override
    public void send(long frame) {
      boolean keyframe = video.isRegularKeyframe(frame) || keyframeWanted;
      if (keyframe) {
        keyframeWanted = false;
      }
      long now = System.nanoTime();
      input.writeAccessUnit(video.accessUnit(stream, frame, keyframe, now), video.timestamp(frame));
      input.flush();
    }
  }
}
