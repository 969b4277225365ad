package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.media.FramePacer;
import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.rtp.h264.H264Packetizer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes many streams over RTSP, each in a connection of its own, with RTP packets of the size
 * that encoders make for Ethernet. A keyframe that the relay asks for is sent with the next frame.
 */
public final class RtspPublishers implements Closeable {
  private static final int MAX_PAYLOAD = 1_460;

  private final SyntheticVideo video;
  private final List<Source> sources = new ArrayList<>();
  private final FramePacer pacer;

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
    video = new SyntheticVideo(kilobits, frameRate);
    for (int i = 0; i < streams; i++) {
      RtspConnection connection = new RtspConnection(port, "s" + i);
      sources.add(new Source(i, connection));
      connection.record();
    }
    pacer = new FramePacer("rtsp-publisher", sources, frameRate);
  }

  /** Ends all streams. */
  @Override
  public void close() throws IOException {
    pacer.close();
    for (Source source : sources) {
      source.connection.close();
    }
  }

  private final class Source implements FramePacer.Source {
    private final int stream;
    private final RtspConnection connection;
    private final InterleavedPackets packets;
    private final H264Packetizer packetizer;
    private long frame;

    Source(int stream, RtspConnection connection) {
      this.stream = stream;
      this.connection = connection;
      packets = new InterleavedPackets(4_096 + 2 * video.nalLength(true), stream + 1);
      packetizer = new H264Packetizer(packets, MAX_PAYLOAD);
    }

    @Override
    public void send() {
      try {
        boolean keyframe = connection.isKeyframeWanted() || video.isRegularKeyframe(stream, frame);
        packetizer.annexB(
            video.accessUnit(stream, frame, keyframe, System.nanoTime()),
            (int) video.timestamp(frame));
        connection.send(packets.take());
        frame++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
