package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that nobody here wrote, and engines for them, on loopback. */
final class RealPeers {
  private static final String PYTHON = "/usr/bin/python3";

  private RealPeers() {}

  static RelayEngine engine() {
    return RelayEngine.builder()
        .network(NetworkOptions.DEFAULT.withBindAddress(loopback()))
        .build();
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** a TCP port that nothing listens on at this moment */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void assumeInstalled(String program) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    assume(installed, program, "install ffmpeg, gstreamer1.0-tools and -libav");
  }

  /** Python with GStreamer's RTSP server, for the camera. */
  static void assumeCamera() throws Exception {
    boolean installed = false;
    if (Files.isExecutable(Path.of(PYTHON))) {
      Process trial =
          new ProcessBuilder(PYTHON, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      installed = trial.waitFor(30, TimeUnit.SECONDS) && trial.exitValue() == 0;
    }
    assume(installed, "the camera", "install gir1.2-gst-rtsp-server-1.0 and python3-gi");
  }

  private static void assume(boolean installed, String what, String advice) {
    boolean required = "true".equals(System.getenv("SLUICE_REQUIRE_PEERS"));
    assertThat(installed || !required).as("%s is installed", what).isTrue();
    assumeTrue(installed, what + " is missing: " + advice);
  }

  static Process camera(int port, String transport, String authentication, Path output)
      throws Exception {
    Path script = Path.of(RealPeers.class.getResource("/dev/sluice/rtsp/camera.py").toURI());
    String command = "%s %s %d %s %s".formatted(PYTHON, script, port, transport, authentication);
    return start(command, output);
  }

  static Process start(String command, Path output) throws IOException {
    return new ProcessBuilder(Arrays.asList(command.split(" ")))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  static void stop(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor(5, TimeUnit.SECONDS);
    process.destroyForcibly();
  }
}
