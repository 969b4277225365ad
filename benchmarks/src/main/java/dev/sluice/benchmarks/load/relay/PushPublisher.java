package dev.sluice.benchmarks.load.relay;

import dev.sluice.FrameInput;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.benchmarks.load.media.FramePacer;
import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.codec.Codec;
import dev.sluice.codec.H264Parameters;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A host that pushes access units of many streams from one thread. A viewer's wish for a keyframe
 * is granted with the next frame.
 */
final class PushPublisher implements Closeable {
  /** the thread's name, which its share of the CPU time is known by */
  static final String THREAD_NAME = "load-publisher";

  /** half of what a fan-out gives one viewer in a turn */
  private static final int BYTES_AHEAD = 64 * 1_150;

  private final SyntheticVideo video;
  private final List<Source> sources;
  private Closeable pacer;

  PushPublisher(RelayEngine engine, int streams, int kilobits, int frameRate) {
    video = new SyntheticVideo(kilobits, frameRate);
    TrackDescription track =
        new TrackDescription(
            "video", Codec.H264, new H264Parameters(SyntheticVideo.parameterSets()));
    sources =
        IntStream.range(0, streams)
            .mapToObj(i -> new Source(i, engine.publish("s" + i, List.of(track))))
            .toList();
    pacer = new FramePacer(THREAD_NAME, sources, frameRate);
  }

  /** Gives up the pace, and sends as much as the engine takes. */
  void saturate(RelayEngine engine) throws IOException {
    pacer.close();
    int framesAhead = Math.max(1, BYTES_AHEAD / video.nalLength(false));
    pacer = new Saturation(THREAD_NAME, sources, engine.eventLoops(), framesAhead);
  }

  @Override
  public void close() throws IOException {
    pacer.close();
    sources.forEach(source -> source.publisher.close());
  }

  private final class Source implements FramePacer.Source {
    private final int stream;
    private final Publisher publisher;
    private final FrameInput input;
    private long frame;
    private volatile boolean keyframeWanted;

    Source(int stream, Publisher publisher) {
      this.stream = stream;
      this.publisher = publisher;
      input = publisher.frames("video");
      publisher.onKeyframeRequest(() -> keyframeWanted = true);
    }

    @Override
    public void send() {
      boolean keyframe = video.isRegularKeyframe(stream, frame) || keyframeWanted;
      if (keyframe) {
        keyframeWanted = false;
      }
      long now = System.nanoTime();
      input.writeFrame(video.accessUnit(stream, frame, keyframe, now), video.timestamp(frame));
      input.flush();
      frame++;
    }
  }
}
