package dev.sluice.examples.clip;

import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackInput;
import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import dev.sluice.rtp.RtpHeader;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes a clip in a loop and in real time, the way any host pushes media of its own: pictures
 * as access units, sound as RTP packets.
 */
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
    Tracks tracks = new Tracks(publisher.track(VIDEO), publisher.track(AUDIO));
    ClipLoop loop = new ClipLoop(clip, System.nanoTime());
    while (!closed && !publisher.isClosed()) {
      long next = loop.writeDue(System.nanoTime(), tracks);
      tracks.flush();
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** Both tracks, with an RTP header for each packet of sound. */
  private static final class Tracks implements ClipLoop.Sink {
    private static final int PAYLOAD_TYPE = 96;
    private static final int SSRC = 1;

    private final TrackInput video;
    private final TrackInput audio;
    private int sequenceNumber;

    Tracks(TrackInput video, TrackInput audio) {
      this.video = video;
      this.audio = audio;
    }

    @Override
    public void picture(ByteBuffer accessUnit, long timestamp) {
      video.writeAccessUnit(accessUnit, timestamp);
    }

    @Override
    public void sound(ByteBuffer opusPacket, long timestamp) {
      byte[] packet = new byte[RtpHeader.FIXED_LENGTH + opusPacket.remaining()];
      RtpHeader.write(packet, 0, PAYLOAD_TYPE, false, sequenceNumber++, (int) timestamp, SSRC);
      opusPacket.duplicate().get(packet, RtpHeader.FIXED_LENGTH, opusPacket.remaining());
      audio.writeRtp(Unpooled.wrappedBuffer(packet));
    }

    void flush() {
      video.flush();
      audio.flush();
    }
  }
}
