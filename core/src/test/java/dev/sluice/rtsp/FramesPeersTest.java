package dev.sluice.rtsp;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Frame;
import dev.sluice.FrameReader;
import dev.sluice.RelayEngine;
import dev.sluice.codec.NalUnitFraming;
import dev.sluice.interop.Peers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an encoder publishes is read as frames, and decoded by another program. */
class FramesPeersTest {
  private static final int FRAMES = 60;
  private static final String ENCODER =
      "ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc2=size=640x360:rate=25 -t 60"
          + " -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -b:v 2M -f rtsp %s";
  private static final String PROBE =
      "ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 %s";

  @TempDir Path directory;

  @Test
  void shouldReadWhatAnotherProgramDecodes() throws Exception {
    Peers.assumeInstalled("ffmpeg");
    Path recording = directory.resolve("recording.h264");
    try (RelayEngine engine = RealPeers.engine();
        RtspServer rtsp = RtspServer.builder(engine).bind(RealPeers.loopback())) {
      String uri = "rtsp://127.0.0.1:" + rtsp.localAddress().getPort() + "/cam";
      Process encoder = Peers.start(ENCODER.formatted(uri), directory.resolve("encoder"));
      try {
        await(() -> engine.stream("cam").isPresent(), "the publisher");
        record(engine, recording);
      } finally {
        Peers.stop(encoder);
      }
    }
    Process probe = Peers.start(PROBE.formatted(recording), directory.resolve("probe"));
    assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.resolve("probe")).content().isEqualToIgnoringWhitespace("" + FRAMES);
  }

  private static void record(RelayEngine engine, Path file) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (OutputStream out = Files.newOutputStream(file)) {
      Recorder recorder = new Recorder(out);
      thread.execute(() -> recorder.open(engine, thread));
      assertThat(recorder.done.await(30, TimeUnit.SECONDS)).as("frames in time").isTrue();
    } finally {
      thread.shutdown();
    }
  }

  /** Writes frames to a file, on one thread. */
  private static final class Recorder {
    private final CountDownLatch done = new CountDownLatch(1);
    private final OutputStream out;
    private FrameReader reader;
    private int frames;

    Recorder(OutputStream out) {
      this.out = out;
    }

    void open(RelayEngine engine, ExecutorService thread) {
      reader = engine.readFrames("cam", NalUnitFraming.START_CODES, thread, this::write);
    }

    private void write() {
      for (Frame frame = reader.next(); frame != null && frames < FRAMES; frame = reader.next()) {
        byte[] bytes = new byte[frame.data().remaining()];
        frame.data().get(bytes);
        try {
          out.write(bytes);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        frames++;
      }
      if (frames == FRAMES) {
        reader.close();
        done.countDown();
      }
    }
  }
}
