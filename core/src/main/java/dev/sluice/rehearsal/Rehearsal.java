package dev.sluice.rehearsal;

import dev.sluice.FrameInput;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.codec.DummyPictures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Has an engine relay a stream to itself, faster than any stream is: handshakes, pictures, reports
 * and feedback in both directions, so that the JVM finds out what to compile.
 */
public final class Rehearsal {
  private static final String STREAM = "rehearsal";
  private static final long PICTURE_NANOS = 2_000_000;
  private static final long PICTURE_TICKS = PICTURE_NANOS * 9 / 100_000;
  private static final int PICTURES_A_JOIN = 30;

  private Rehearsal() {}

  /**
   * Plays.
   *
   * @param engine that has nothing else to do
   * @param time that it takes
   * @throws InterruptedException if it is to end before
   * @throws ExecutionException if the engine cannot open a socket
   */
  public static void play(RelayEngine engine, Duration time)
      throws InterruptedException, ExecutionException {
    List<TrackDescription> tracks = List.of(TrackDescription.of("video", DummyPictures.CODEC));
    try (Publisher publisher = engine.publish(STREAM, tracks)) {
      FrameInput video = publisher.frames("video");
      Audience audience = new Audience(engine, STREAM);
      DummyPictures pictures = new DummyPictures();
      Pace pace = new Pace(PICTURE_NANOS);
      long end = System.nanoTime() + time.toNanos();
      for (long number = 0; pace.next() - end < 0; number++) {
        video.writeFrame(pictures.picture(number), number * PICTURE_TICKS);
        video.flush();
        if (number % PICTURES_A_JOIN == 0) {
          audience.join();
        }
      }
    }
  }
}
