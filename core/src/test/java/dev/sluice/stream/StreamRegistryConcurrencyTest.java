package dev.sluice.stream;

import static dev.sluice.Orders.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RelayListener;
import dev.sluice.TrackDescription;
import dev.sluice.UnknownStreamException;
import dev.sluice.codec.Codec;
import dev.sluice.spi.StreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Publishers, their renditions and readers come, are replaced and leave, all at once. */
class StreamRegistryConcurrencyTest {
  private static final int ROUNDS = 500;
  private static final int STEPS = 8;
  private static final String CAM = "cam";
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.VP8));

  /** One that does anything, and leaves at last. */
  private static final class Visitor {
    private final StreamRegistry streams;
    private final Random random;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<StreamReader> readers = new ArrayList<>();

    Visitor(StreamRegistry streams, int seed) {
      this.streams = streams;
      random = new Random(seed);
    }

    void act() {
      for (int i = 0; i < STEPS; i++) {
        switch (random.nextInt(5)) {
          case 0 -> publishers.add(streams.publish(CAM, VIDEO, PublisherContext.HOST));
          case 1 -> publishers.add(streams.publishRendition(CAM, VIDEO, rendition()));
          case 2 -> any(publishers).ifPresent(Publisher::close);
          case 3 -> read();
          default -> any(readers).ifPresent(StreamReader::close);
        }
      }
    }

    void leave() {
      publishers.forEach(Publisher::close);
      readers.forEach(StreamReader::close);
    }

    private PublisherContext rendition() {
      return PublisherContext.HOST.withRendition(random.nextBoolean() ? "low" : "lower");
    }

    private void read() {
      try {
        readers.add(streams.read(CAM, Runnable::run, () -> {}));
      } catch (UnknownStreamException nobodyIsThere) {
        // that may be
      }
    }

    private <T> Optional<T> any(List<T> all) {
      return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
  }

  @Test
  void shouldKnowWhoIsThereAndForgetWhoLeft() {
    for (int round = 0; round < ROUNDS; round++) {
      StreamRegistry streams = Registries.with(new RelayListener() {});
      Visitor one = new Visitor(streams, 2 * round);
      Visitor other = new Visitor(streams, 2 * round + 1);
      inParallel(one::act, other::act);
      requireLinks(streams, open(one) + open(other));
      inParallel(one::leave, other::leave);
      assertThat(streams.all()).as("round %d", round).isEmpty();
    }
  }

  private static long open(Visitor visitor) {
    return visitor.publishers.stream().filter(publisher -> !publisher.isClosed()).count();
  }

  /** each encoding that is published is linked to the stream's own picture, and no other */
  private static void requireLinks(StreamRegistry streams, long published) {
    RelayedStream stream = streams.find(CAM);
    if (stream == null) {
      assertThat(published).isZero();
      return;
    }
    assertThat(stream.renditions()).hasSize((int) published);
    long besides = published - (stream.isLive() ? 1 : 0);
    for (LogInput input : stream.inputs()) {
      assertThat(input.track().renditions()).hasSize((int) besides + 1);
    }
  }
}
