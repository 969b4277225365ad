package dev.sluice.benchmarks.load.relay;

import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackInput;
import dev.sluice.benchmarks.load.media.SyntheticVideo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A host that pushes access units of many streams from one thread, their frames spread evenly over
 * time. A viewer's wish for a keyframe is granted with the next frame.
 */
final class PushPublisher implements AutoCloseable {
  /** the thread's name, which its share of the CPU time is known by */
  static final String THREAD_NAME = "load-publisher";

  private static final long SECOND = 1_000_000_000L;

  private final SyntheticVideo video;
  private final List<Source> sources = new ArrayList<>();
  private final Thread thread = new Thread(this::run, THREAD_NAME);
  private volatile boolean closed;

  PushPublisher(RelayEngine engine, int streams, int kilobits, int frameRate) {
    video = new SyntheticVideo(kilobits, frameRate);
    thread.setDaemon(true);
    for (int i = 0; i < streams; i++) {
      TrackDescription track = TrackDescription.h264("video", SyntheticVideo.parameterSets());
      sources.add(new Source(i, engine.publish("s" + i, List.of(track))));
    }
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sources.forEach(source -> source.publisher.close());
  }

  private void run() {
    long start = System.nanoTime();
    long rate = (long) video.frameRate() * sources.size();
    for (long n = 0; !closed; n++) {
      long due = start + n / rate * SECOND + n % rate * SECOND / rate;
      for (long wait = due - System.nanoTime(); wait > 0 && !closed; ) {
        LockSupport.parkNanos(wait);
        wait = due - System.nanoTime();
      }
      sources.get((int) (n % sources.size())).push(n / sources.size());
    }
  }

  private final class Source {
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

    void push(long frame) {
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
