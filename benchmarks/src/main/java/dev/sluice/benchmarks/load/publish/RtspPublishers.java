package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.media.SyntheticVideo;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Publishes many streams over RTSP, each in a connection of its own. */
public final class RtspPublishers implements Closeable {
  private final Encoders encoders;

  /**
   * Connects, announces and begins to send.
   *
   * @param port of the RTSP server on the loopback address
   * @param streams how many, called "s0", "s1" and so on
   * @param kilobits a second of each
   * @param frameRate of each
   * @throws IOException if a connection fails or the server refuses
   */
  public RtspPublishers(int port, int streams, int kilobits, int frameRate) throws IOException {
    SyntheticVideo video = new SyntheticVideo(kilobits, frameRate);
    List<RtspUplink> uplinks = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      int capacity = 4_096 + 2 * video.nalLength(true);
      uplinks.add(new RtspUplink(new RtspConnection(port, "s" + i), i + 1, capacity));
    }
    encoders = new Encoders("rtsp-publisher", uplinks, video);
  }

  /** Ends all streams. */
  @Override
  public void close() throws IOException {
    encoders.close();
  }
}
