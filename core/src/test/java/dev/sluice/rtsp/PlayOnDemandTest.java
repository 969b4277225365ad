package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.LimitExceededException;
import dev.sluice.StreamNotReadyException;
import dev.sluice.UnknownStreamException;
import dev.sluice.spi.StreamReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A player asks for a stream that is published on demand. */
class PlayOnDemandTest {
  private final CompletableFuture<Void> demand = new CompletableFuture<>();
  private final TestPeer peer = new TestPeer(new RtspServerBuilder(null), new Demanded());

  @AfterEach
  void close() {
    peer.close();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new StreamNotReadyException("late"), "503 Service Unavailable: its source"),
        Arguments.of(new LimitExceededException("many"), "503 Service Unavailable: too many wait"),
        Arguments.of(new IllegalStateException("closed"), "503 Service Unavailable: the relay"),
        Arguments.of(new UnknownStreamException("none"), "404 Not Found: there is no such stream"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldSayWhyTheStreamIsNotThere(RuntimeException failure, String response) {
    assertThat(peer.request("DESCRIBE", URI)).as("it waits").isEmpty();
    demand.completeExceptionally(failure);
    peer.channel.runPendingTasks();
    assertThat(peer.response()).startsWith("RTSP/1.0 " + response);
  }

  @Test
  void shouldWaitNoLongerThanTheClient() {
    peer.request("DESCRIBE", URI);
    peer.channel.close();
    peer.channel.runPendingTasks();
    assertThat(demand).isCancelled();
  }

  /** Streams whose source says when. */
  private final class Demanded implements StreamReader.Opener {

    @Override
    public StreamReader read(String streamName, Executor loop, Runnable news) {
      return TestPeer.noStream(streamName, loop, news);
    }

    @Override
    public CompletionStage<?> demand(String streamName) {
      return demand;
    }
  }
}
