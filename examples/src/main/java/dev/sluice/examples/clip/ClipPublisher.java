package dev.sluice.examples.clip;

import dev.sluice.FrameInput;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Publishes a clip in a loop and in real time, the way any host pushes media of its own. */
public final class ClipPublisher implements AutoCloseable {
  private static final String VIDEO = "video";
  private static final String AUDIO = "audio";

  private final Clip clip;
  private final Publisher publisher;
  private final Thread thread;
  private volatile boolean closed;

  private ClipPublisher(Clip clip, Publisher publisher) {
    this.clip = clip;
    this.publisher = publisher;
    thread = new Thread(this::play, "clip-" + publisher.stream().name());
  }

  /**
   * Starts to publish.
   *
   * @param engine to which
   * @param streamName under which name
   * @param clip what
   */
  public static ClipPublisher start(RelayEngine engine, String streamName, Clip clip) {
    List<TrackDescription> tracks =
        List.of(
            TrackDescription.of(VIDEO, Codec.H264),
            new TrackDescription(AUDIO, Codec.OPUS, new OpusParameters(clip.channels())));
    ClipPublisher started = new ClipPublisher(clip, engine.publish(streamName, tracks));
    started.thread.start();
    return started;
  }

  /** Ends the stream; its thread ends by itself within one picture's time. */
  @Override
  public void close() {
    closed = true;
    publisher.close();
    LockSupport.unpark(thread);
  }

  private void play() {
    Tracks tracks = new Tracks(publisher.frames(VIDEO), publisher.frames(AUDIO));
    ClipLoop loop = new ClipLoop(clip, System.nanoTime());
    while (!closed && !publisher.isClosed()) {
      long next = loop.writeDue(System.nanoTime(), tracks);
      tracks.flush();
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private record Tracks(FrameInput video, FrameInput audio) implements ClipLoop.Sink {

    @Override
    public void picture(ByteBuffer accessUnit, long timestamp) {
      video.writeFrame(accessUnit, timestamp);
    }

    @Override
    public void sound(ByteBuffer opusPacket, long timestamp) {
      audio.writeFrame(opusPacket, timestamp);
    }

    void flush() {
      video.flush();
      audio.flush();
    }
  }
}
