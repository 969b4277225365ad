package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.LimitExceededException;
import dev.sluice.LiveStream;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.StreamNotReadyException;
import dev.sluice.TrackDescription;
import dev.sluice.UnknownStreamException;
import dev.sluice.codec.Codec;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.spi.SourceOnDemand;
import dev.sluice.spi.StreamReader;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class DemandsTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));
  private static final int MOST_WAITING = 3;

  private final EmbeddedChannel timers = new EmbeddedChannel();
  private final Demands demands = new Demands(timers.eventLoop(), MOST_WAITING);
  private final StreamRegistry streams =
      new StreamRegistry(
          new EngineConfiguration(
              NetworkOptions.DEFAULT,
              EgressOptions.DEFAULT,
              HistoryOptions.DEFAULT,
              Retransmission.SHARED_HISTORY,
              RateOptions.DEFAULT,
              MediaOptions.DEFAULT,
              SessionOptions.DEFAULT,
              new RelayListener() {},
              null),
          new SegmentPool(0),
          new EngineClock(),
          demands);
  private final List<String> events = new ArrayList<>();

  DemandsTest() {
    timers.freezeTime();
  }

  @Test
  void shouldKnowNoStreamThatNoSourceHas() {
    assertThat(failure(demand("cam"))).isInstanceOf(UnknownStreamException.class);
    demands.add(name -> null);
    assertThat(failure(demand("cam"))).isInstanceOf(UnknownStreamException.class);
    assertThat(failure(demand(" / "))).isInstanceOf(UnknownStreamException.class);
  }

  @Test
  void shouldWaitUntilTheSourcePublishes() {
    addCamera();
    CompletableFuture<LiveStream> first = demand("cam");
    CompletableFuture<LiveStream> second = demand("cam");
    assertThat(events).containsExactly("start cam");
    assertThat(first).isNotDone();
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    assertThat(first).isCompletedWithValueMatching(LiveStream::isLive);
    assertThat(second).isCompletedWithValueMatching(LiveStream::isLive);
  }

  @Test
  void shouldTakeWhatASourcePublishesAtOnce() {
    demands.add(
        name -> {
          Publisher publisher = streams.publish(name, VIDEO, PublisherContext.HOST);
          return publisher::close;
        });
    assertThat(demand("cam")).isCompletedWithValueMatching(LiveStream::isLive);
  }

  @Test
  void shouldNotAskForAStreamThatIsLive() {
    addCamera();
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    assertThat(demand("cam")).isCompleted();
    assertThat(events).isEmpty();
  }

  @Test
  void shouldAskTheFirstSourceThatHasTheStreamWhateverOthersDo() {
    demands.add(
        name -> {
          throw new AssertionError("a host's mistake");
        });
    demands.add(name -> null);
    addCamera();
    addCamera();
    demand("cam");
    assertThat(events).containsExactly("start cam");
  }

  @Test
  void shouldGiveUpAfterAWhile() {
    addCamera();
    CompletableFuture<LiveStream> waiting = demand("cam");
    advance(Duration.ofMillis(9_999));
    assertThat(waiting).isNotDone();
    advance(Duration.ofMillis(1));
    assertThat(failure(waiting)).isInstanceOf(StreamNotReadyException.class);
    advance(Duration.ofMillis(9_999));
    assertThat(events).containsExactly("start cam");
    advance(Duration.ofMillis(1));
    assertThat(events).containsExactly("start cam", "stop cam");
  }

  @Test
  void shouldTellTheSourceSomeTimeAfterTheLastReaderLeft() {
    addCamera();
    demand("cam");
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    StreamReader reader = streams.read("cam", Runnable::run, () -> {});
    advance(Duration.ofMinutes(1));
    reader.close();
    advance(Duration.ofMillis(9_999));
    assertThat(events).containsExactly("start cam");
    advance(Duration.ofMillis(1));
    assertThat(events).containsExactly("start cam", "stop cam");
    demand("cam");
  }

  @Test
  void shouldGoOnWhereSomebodyComesBackInTime() {
    addCamera();
    demand("cam");
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    advance(Duration.ofSeconds(9));
    StreamReader reader = streams.read("cam", Runnable::run, () -> {});
    advance(Duration.ofSeconds(60));
    reader.close();
    advance(Duration.ofSeconds(9));
    streams.read("cam", Runnable::run, () -> {});
    advance(Duration.ofSeconds(9));
    assertThat(events).containsExactly("start cam");
  }

  @Test
  void shouldAskAgainOnceTheSourceWasTold() {
    addCamera();
    demand("cam");
    Publisher publisher = streams.publish("cam", VIDEO, PublisherContext.HOST);
    advance(Duration.ofSeconds(10));
    publisher.close();
    demand("cam");
    assertThat(events).containsExactly("start cam", "stop cam", "start cam");
  }

  @Test
  void shouldNotAskAgainBeforeTheSourceStopped() {
    List<CompletableFuture<LiveStream>> meanwhile = new ArrayList<>();
    demands.add(
        name -> {
          events.add("start " + name);
          return () -> {
            meanwhile.add(demand(name));
            advance(Duration.ofMinutes(1));
            events.add("stop " + name);
          };
        });
    demand("cam");
    streams.publish("cam", VIDEO, PublisherContext.HOST).close();
    advance(Duration.ofSeconds(10));
    assertThat(events).containsExactly("start cam", "stop cam", "start cam");
    assertThat(meanwhile).singleElement().matches(waiting -> !waiting.isDone());
    streams.publish("cam", VIDEO, PublisherContext.HOST);
    assertThat(meanwhile.get(0)).isCompletedWithValueMatching(LiveStream::isLive);
  }

  @Test
  void shouldStartAgainForWhoCameToReadWhileTheSourceStopped() {
    demands.add(
        name -> {
          Publisher publisher = streams.publish(name, VIDEO, PublisherContext.HOST);
          events.add("start " + name);
          return () -> {
            streams.read(name, Runnable::run, () -> {});
            publisher.close();
          };
        });
    demand("cam");
    advance(Duration.ofSeconds(10));
    assertThat(events).containsExactly("start cam", "start cam");
    assertThat(streams.find("cam").isLive()).isTrue();
  }

  @Test
  void shouldAskOthersForWhatASourceThatIsTakenOutStillStops() {
    List<SourceOnDemand.Registration> first = new ArrayList<>();
    first.add(
        demands.add(
            name -> {
              events.add("start first");
              return () -> {
                first.get(0).close();
                demand(name);
                events.add("stop first");
              };
            }));
    addCamera();
    demand("cam");
    first.get(0).close();
    assertThat(events).containsExactly("start first", "stop first", "start cam");
  }

  @Test
  void shouldKeepASourceThatWasAddedTwiceUntilItIsTakenOutTwice() {
    SourceOnDemand camera =
        name -> {
          events.add("start " + name);
          return () -> events.add("stop " + name);
        };
    SourceOnDemand.Registration first = demands.add(camera);
    demands.add(camera);
    first.close();
    first.close();
    demand("cam");
    assertThat(events).containsExactly("start cam");
  }

  @Test
  void shouldNotWaitForAStreamThatOthersWatch() {
    Publisher publisher = streams.publish("cam", VIDEO, PublisherContext.HOST);
    StreamReader reader = streams.read("cam", Runnable::run, () -> {});
    publisher.close();
    addCamera();
    assertThat(demand("cam")).isCompletedWithValueMatching(stream -> !stream.isLive());
    advance(Duration.ofMinutes(1));
    assertThat(events).containsExactly("start cam");
    reader.close();
    advance(Duration.ofSeconds(10));
    assertThat(events).containsExactly("start cam", "stop cam");
  }

  @Test
  void shouldGiveTheStreamThatOthersWatchWhereNoSourceHasIt() {
    Publisher publisher = streams.publish("cam", VIDEO, PublisherContext.HOST);
    streams.read("cam", Runnable::run, () -> {});
    publisher.close();
    demands.add(name -> null);
    assertThat(demand("cam")).isCompleted();
  }

  @Test
  void shouldLimitHowManyWait() {
    addCamera();
    for (int i = 0; i < MOST_WAITING; i++) {
      demand("cam" + i);
    }
    assertThat(failure(demand("one more"))).isInstanceOf(LimitExceededException.class);
    assertThat(events).hasSize(MOST_WAITING);
    streams.publish("cam0", VIDEO, PublisherContext.HOST);
    CompletableFuture<LiveStream> leaving = demand("one more");
    assertThat(leaving).isNotDone();
    leaving.cancel(false);
    assertThat(demand("another")).isNotDone();
  }

  @Test
  void shouldEndWhatASourcePublishesThatIsTakenOut() {
    SourceOnDemand.Registration registration = addCamera();
    CompletableFuture<LiveStream> waiting = demand("cam");
    registration.close();
    assertThat(failure(waiting)).isInstanceOf(UnknownStreamException.class);
    assertThat(events).containsExactly("start cam", "stop cam");
    assertThat(failure(demand("cam"))).isInstanceOf(UnknownStreamException.class);
  }

  @Test
  void shouldEndEverythingWithTheEngine() {
    addCamera();
    CompletableFuture<LiveStream> waiting = demand("cam");
    demands.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(events).containsExactly("start cam", "stop cam");
    assertThat(failure(demand("cam"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldRefuseTimesThatAreNotAllowed() {
    SourceOnDemand impatient =
        new SourceOnDemand() {
          @Override
          public Runnable start(String streamName) {
            return null;
          }

          @Override
          public Duration patience() {
            return Duration.ZERO;
          }
        };
    assertThatThrownBy(() -> demands.add(impatient))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patience is PT0S, allowed is PT1S to PT5M");
  }

  private SourceOnDemand.Registration addCamera() {
    return demands.add(
        name -> {
          events.add("start " + name);
          return () -> events.add("stop " + name);
        });
  }

  private CompletableFuture<LiveStream> demand(String name) {
    return streams.demand(name).toCompletableFuture();
  }

  private static Throwable failure(CompletableFuture<LiveStream> failed) {
    assertThat(failed).isCompletedExceptionally();
    return assertThat(failed.handle((stream, failure) -> failure).join())
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .actual();
  }

  private void advance(Duration time) {
    timers.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    timers.runScheduledPendingTasks();
  }
}
