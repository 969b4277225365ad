package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.TrackDescription;
import dev.sluice.UnknownStreamException;
import dev.sluice.codec.Codec;
import dev.sluice.loop.EngineClock;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which encodings belong to which picture, and what a stream is that has no more than those. */
class StreamRenditionsTest {
  private final EmbeddedChannel timers = new EmbeddedChannel();
  private final Demands demands = new Demands(timers.eventLoop(), 10);
  private final StreamRegistry streams =
      Registries.with(new RelayListener() {}, RateOptions.DEFAULT, new EngineClock(), demands);

  @Test
  void shouldTellPicturesOfOneCodecApartByTheirNames() {
    publish("front", "back");
    publishSmall("back", "front");
    assertThat(renditions(0)).containsExactly("main front", "small front");
    assertThat(renditions(1)).containsExactly("main back", "small back");
  }

  @Test
  void shouldKeepThemApartWhenTheStreamsOwnPublisherIsGone() {
    Publisher own = publish("front", "back");
    publishSmall("front");
    own.close();
    assertThat(renditions(1)).containsExactly("main back");
  }

  @Test
  void shouldLeaveNobodyAtAPictureThatIsNotPublishedAnyMore() {
    publish("front", "back");
    Track back = stream().inputs().get(1).track();
    publishSmall("front");
    publish("front");
    assertThat(back.renditions()).extracting(Rendition::track).containsExactly(back);
    assertThat(renditions(0)).containsExactly("main front", "small front");
  }

  @Test
  void shouldGoByTheNamesOfTheNewestPublisher() {
    publish("a", "b");
    publish("x", "y");
    publishSmall("x", "y");
    assertThat(renditions(0)).hasSize(2);
    assertThat(renditions(1)).hasSize(2);
  }

  @Test
  void shouldTakeTheOnlyPictureWhateverItIsCalled() {
    publish("video");
    publishSmall("sub");
    assertThat(renditions(0)).containsExactly("main video", "small sub");
  }

  @Test
  void shouldBePlayableOnlyWhenTheStreamsOwnPublisherHasCome() {
    demands.add(
        name -> {
          publishSmall("video");
          return () -> {};
        });
    CompletableFuture<LiveStream> wanted = streams.demand("cam").toCompletableFuture();
    assertThat(streams.find("cam")).isNotNull();
    assertThat(streams.findPlayable("cam")).isNull();
    assertThat(wanted).isNotDone();
    assertThat(streams.demand("cam").toCompletableFuture()).isNotDone();
    assertThatThrownBy(() -> streams.read("cam", Runnable::run, () -> {}))
        .isInstanceOf(UnknownStreamException.class);
    publish("video");
    assertThat(wanted).isCompleted();
    assertThat(streams.read("cam", Runnable::run, () -> {}).tracks()).hasSize(1);
  }

  private Publisher publish(String... names) {
    return streams.publish("cam", pictures(names), PublisherContext.HOST);
  }

  private void publishSmall(String... names) {
    streams.publishRendition("cam", pictures(names), PublisherContext.HOST.withRendition("small"));
  }

  private static List<TrackDescription> pictures(String... names) {
    return Stream.of(names).map(name -> TrackDescription.of(name, Codec.H264)).toList();
  }

  private RelayedStream stream() {
    return streams.findPlayable("cam");
  }

  /** of a picture: what each encoding is called, and its track */
  private List<String> renditions(int picture) {
    return stream().inputs().get(picture).track().renditions().stream()
        .map(rendition -> rendition.id() + " " + rendition.track().name())
        .toList();
  }
}
