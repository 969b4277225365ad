package dev.sluice.interop;

import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackInput;
import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
  private final TrackInput video;
  private final TrackInput audio;
  private int frame;
  private int audioPacket;

  ClipPublisher(RelayEngine engine, String stream) {
    publisher =
        engine.publish(
            stream,
            List.of(
                TrackDescription.of("v", Codec.H264),
                new TrackDescription("a", Codec.OPUS, new OpusParameters(2))));
    video = publisher.track("v");
    audio = publisher.track("a");
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
    ByteBuf packet =
        Unpooled.buffer()
            .writeByte(0x80)
            .writeByte(111)
            .writeShort(audioPacket)
            .writeInt(audioPacket * OPUS_TICKS)
            .writeInt(0x5EED)
            .writeBytes(OPUS_SILENCE);
    audio.writeRtp(packet);
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
