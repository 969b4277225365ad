package dev.sluice.rtsp;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.interop.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A camera that nobody here wrote, and engines for such peers, on loopback. */
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
    Peers.assume(installed, "python3-gi with gir1.2-gst-rtsp-server-1.0");
  }

  static Process camera(int port, String transport, String authentication, Path output)
      throws Exception {
    Path script = Path.of(RealPeers.class.getResource("/dev/sluice/rtsp/camera.py").toURI());
    String command = "%s %s %d %s %s".formatted(PYTHON, script, port, transport, authentication);
    return Peers.start(command, output);
  }
}
