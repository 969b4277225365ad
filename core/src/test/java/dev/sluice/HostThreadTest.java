package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtsp.RtspPull;
import dev.sluice.rtsp.RtspServer;
import dev.sluice.whep.WhepPull;
import io.netty.util.internal.InternalThreadLocalMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What Netty keeps for a thread of the host's holds the class loader of an application that was
 * taken away, for as long as the thread lives.
 */
class HostThreadTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Map<String, Boolean> leftBehind = new LinkedHashMap<>();

  @Test
  void shouldLeaveNothingOnThreadsOfTheHost() {
    RelayEngine engine =
        on(
            "build",
            RelayEngine.builder().network(NetworkOptions.DEFAULT.withBindAddress(ANY_PORT))::build);
    RtspServer rtsp = on("bind", () -> RtspServer.builder(engine).bind(ANY_PORT));
    Publisher publisher = on("publish", () -> TestStreams.publishKeyframe(engine, "cam"));
    Viewer viewer = on("play", () -> engine.play("cam", SampleOffer.text()));
    RtspPull pull = on("pull", () -> RtspPull.builder(engine, "a", "rtsp://127.0.0.1:1/x").start());
    WhepPull whep =
        on("WHEP pull", () -> WhepPull.builder(engine, "b", "http://127.0.0.1:1/x").start());
    run("end WHEP pull", whep::close);
    run("end pull", pull::close);
    run("end viewer", viewer::close);
    run("end publisher", publisher::close);
    run("end RTSP", rtsp::close);
    run("close", engine::close);
    assertThat(leftBehind).doesNotContainValue(true);
  }

  private void run(String name, Runnable call) {
    on(
        name,
        () -> {
          call.run();
          return "";
        });
  }

  private <T> T on(String name, Supplier<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            T value = call.get();
            leftBehind.put(name, InternalThreadLocalMap.getIfSet() != null);
            result.complete(value);
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    new Thread(task, name).start();
    return result.join();
  }
}
