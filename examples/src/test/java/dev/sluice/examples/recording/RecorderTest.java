package dev.sluice.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.FrameInput;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.examples.clip.Clip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final int PICTURE_TICKS = 3000;
  private static final byte[] SMALL_KEYFRAME =
      HexFormat.of()
          .parseHex(
              "000000016764000aacd94426c044000003000400000300a03c489658"
                  + "0000000168ebe3cb22c0"
                  + "0000000165888040");

  private final RelayEngine engine =
      RelayEngine.builder()
          .network(
              NetworkOptions.DEFAULT.withBindAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
          .build();
  private final Clip clip;
  @TempDir private Path directory;
  private Recorder recorder;

  RecorderTest() throws IOException {
    clip = Clip.sample();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldRecordPictureAndSound() throws Exception {
    recorder = Recorder.start(engine, directory);
    Publisher publisher =
        engine.publish(
            "a/b",
            List.of(
                TrackDescription.of("video", Codec.H264),
                TrackDescription.of("audio", Codec.OPUS)));
    begin(publisher, clip.pictures().get(0));
    writePictures(publisher, 1, 300);
    writeSounds(publisher, 500);
    Mp4 file = Mp4.read(finish(publisher).get(0));
    assertThat(file.sizes()).containsExactly("640x360", "0x0");
    assertThat(file.samples()).containsExactly(300L, 500L);
    assertThat(file.durations().get(0)).isEqualTo(900_000);
    assertThat(file.durations().get(1))
        .as("the sound, and how much later than the picture it began to be written")
        .isBetween(480_000L, 528_000L);
    assertThat(file.fragments()).isBetween(5, 12);
    assertThat(file.millis()).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void shouldBeginAnotherFileWithOtherParameters() throws Exception {
    recorder = Recorder.start(engine, directory);
    Publisher publisher = publishVideo();
    begin(publisher, clip.pictures().get(0));
    writePictures(publisher, 1, 60);
    write(publisher.frames("video"), ByteBuffer.wrap(SMALL_KEYFRAME), 60 * PICTURE_TICKS);
    List<Path> files = finish(publisher);
    assertThat(files).hasSize(2);
    assertThat(Mp4.read(files.get(0)).samples()).containsExactly(60L);
    assertThat(Mp4.read(files.get(0)).sizes()).containsExactly("640x360");
    assertThat(Mp4.read(files.get(1)).samples()).containsExactly(1L);
    assertThat(Mp4.read(files.get(1)).sizes()).containsExactly("64x64");
  }

  @Test
  void shouldBeginAnotherFileWithAnotherPublisher() throws Exception {
    recorder = Recorder.start(engine, directory);
    Publisher first = publishVideo();
    begin(first, clip.pictures().get(0));
    writePictures(first, 1, 5);
    first.close();
    await(() -> files().get(0).toString().endsWith(".mp4"), "the first file");
    Publisher second = publishVideo();
    write(second.frames("video"), clip.pictures().get(0), 0);
    await(() -> files().size() == 2, "another file");
    List<Path> files = finish(second);
    assertThat(Mp4.read(files.get(0)).samples()).containsExactly(5L);
    assertThat(Mp4.read(files.get(1)).samples()).containsExactly(1L);
  }

  @Test
  void shouldRecordWhatIsLiveAlready() throws Exception {
    Publisher publisher = publishVideo();
    write(publisher.frames("video"), clip.pictures().get(0), 0);
    recorder = Recorder.start(engine, directory);
    awaitFile();
    writePictures(publisher, 1, 10);
    assertThat(Mp4.read(finish(publisher).get(0)).samples()).containsExactly(10L);
  }

  @Test
  void shouldHaveWholeFragmentsInAFileThatGrows() throws Exception {
    recorder = Recorder.start(engine, directory);
    Publisher publisher = publishVideo();
    begin(publisher, clip.pictures().get(0));
    writePictures(publisher, 1, 61);
    Path growing = files().get(0);
    assertThat(growing.toString()).endsWith(".part");
    await(() -> picturesSeen(growing) == 60, "the first group of pictures");
    finish(publisher);
  }

  @Test
  void shouldLetAStreamBeThatCannotBeWritten() throws Exception {
    recorder = Recorder.start(engine, directory.resolve("missing"));
    Publisher publisher = publishVideo();
    writePictures(publisher, 0, 61);
    recorder.close();
    assertThat(publisher.isClosed()).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  private Publisher publishVideo() {
    return engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
  }

  /** a reader begins with the newest keyframe, so the rest has to wait for it */
  private void begin(Publisher publisher, ByteBuffer keyframe) throws IOException {
    write(publisher.frames("video"), keyframe, 0);
    awaitFile();
  }

  private void awaitFile() throws IOException {
    await(() -> !files().isEmpty(), "a file");
  }

  private void writePictures(Publisher publisher, int from, int to) {
    FrameInput video = publisher.frames("video");
    for (int i = from; i < to; i++) {
      write(video, clip.pictures().get(i), (long) i * PICTURE_TICKS);
    }
  }

  private void writeSounds(Publisher publisher, int count) {
    FrameInput audio = publisher.frames("audio");
    for (int i = 0; i < count; i++) {
      write(audio, clip.sounds().get(i), i * 960L);
    }
  }

  private static void write(FrameInput input, ByteBuffer frame, long timestamp) {
    assertThat(input.writeFrame(frame.duplicate(), timestamp)).isTrue();
    input.flush();
  }

  private List<Path> finish(Publisher publisher) throws IOException {
    publisher.close();
    recorder.close();
    assertThat(files()).allMatch(file -> file.toString().endsWith(".mp4"));
    return files();
  }

  /** none while no more than a part of a write is to be seen */
  private static long picturesSeen(Path growing) {
    try {
      return Mp4.read(growing).samples().get(0);
    } catch (IOException | RuntimeException cutOff) {
      return 0;
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, String what) throws IOException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
