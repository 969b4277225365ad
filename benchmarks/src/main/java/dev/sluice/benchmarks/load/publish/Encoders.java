package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.media.FramePacer;
import dev.sluice.benchmarks.load.media.SyntheticVideo;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/** Encoders that send. A keyframe that the relay asks for goes out with the next frame. */
final class Encoders implements Closeable {
  private final List<? extends Uplink> uplinks;
  private final FramePacer pacer;

  /**
   * Begins to send.
   *
   * @param threadName of the thread that does
   * @param uplinks one a stream
   * @param video of all streams
   */
  Encoders(String threadName, List<? extends Uplink> uplinks, SyntheticVideo video) {
    this.uplinks = uplinks;
    List<Source> sources =
        IntStream.range(0, uplinks.size())
            .mapToObj(stream -> new Source(stream, uplinks.get(stream), video))
            .toList();
    pacer = new FramePacer(threadName, sources, video.frameRate());
  }

  /** Ends all streams. */
  @Override
  public void close() throws IOException {
    pacer.close();
    for (Uplink uplink : uplinks) {
      uplink.close();
    }
  }

  private static final class Source implements FramePacer.Source {
    private final int stream;
    private final Uplink uplink;
    private final SyntheticVideo video;
    private long frame;

    Source(int stream, Uplink uplink, SyntheticVideo video) {
      this.stream = stream;
      this.uplink = uplink;
      this.video = video;
    }

    @Override
    public void send() {
      try {
        boolean keyframe = uplink.isKeyframeWanted() || video.isRegularKeyframe(stream, frame);
        uplink
            .packetizer()
            .annexB(
                video.accessUnit(stream, frame, keyframe, System.nanoTime()),
                (int) video.timestamp(frame));
        uplink.flush();
        frame++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
