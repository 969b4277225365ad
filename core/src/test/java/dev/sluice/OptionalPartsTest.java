package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Hosts without what Sluice can do without. */
class OptionalPartsTest {
  private static final String NO_FLIGHT_RECORDER =
      "java.base,java.logging,java.management,java.naming,java.sql,jdk.crypto.ec,jdk.unsupported";

  @Test
  void shouldRelayWithoutMicrometer() throws Exception {
    HostClassPath.without("micrometer-core").run(Host.class);
  }

  @Test
  void shouldRelayWithoutFlightRecorder() throws Exception {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                NO_FLIGHT_RECORDER,
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(host.getInputStream().readAllBytes());
    assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(host.exitValue()).as(output).isZero();
  }

  /** publishes, and is watched by nobody */
  public static final class Host implements Runnable {

    /** Called by the class loader of a host. */
    public Host() {}

    @Override
    public void run() {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (RelayEngine engine =
          RelayEngine.builder()
              .network(NetworkOptions.DEFAULT.withEventLoops(1).withBindAddress(anyPort))
              .build()) {
        engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264))).close();
      }
    }

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
      new Host().run();
    }
  }
}
