package dev.sluice.interop;

import dev.sluice.FrameInput;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A host that pushes the clip in a loop, in real time, with Opus packets beside it. */
final class ClipPublisher implements AutoCloseable {
  /** 20 ms of silence (RFC 6716): a packet of one SILK or CELT frame without content */
  private static final byte[] OPUS_SILENCE = {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE};

  private static final int OPUS_MILLIS = 20;
  private static final int OPUS_TICKS = 48 * OPUS_MILLIS;
  private static final long FRAME_NANOS = 1_000_000_000L / Clip.FRAME_RATE;

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final List<ByteBuffer> units = Clip.accessUnits();
  private final Publisher publisher;
  private final FrameInput video;
  private final FrameInput audio;
  private int frame;
  private int audioPacket;

  ClipPublisher(RelayEngine engine, String stream) {
    publisher =
        engine.publish(
            stream,
            List.of(
                TrackDescription.of("v", Codec.H264),
                new TrackDescription("a", Codec.OPUS, new OpusParameters(2))));
    video = publisher.frames("v");
    audio = publisher.frames("a");
    pace.scheduleAtFixedRate(this::pushFrame, 0, FRAME_NANOS, TimeUnit.NANOSECONDS);
    pace.scheduleAtFixedRate(this::pushAudio, 0, OPUS_MILLIS, TimeUnit.MILLISECONDS);
  }

  Publisher publisher() {
    return publisher;
  }

  private void pushFrame() {
    video.writeFrame(
        units.get(frame % units.size()).duplicate(), (long) frame * Clip.TICKS_A_FRAME);
    video.flush();
    frame++;
  }

  private void pushAudio() {
    audio.writeFrame(ByteBuffer.wrap(OPUS_SILENCE), (long) audioPacket * OPUS_TICKS);
    audio.flush();
    audioPacket++;
  }

  @Override
  public void close() {
    pace.shutdownNow();
    try {
      pace.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }
}
