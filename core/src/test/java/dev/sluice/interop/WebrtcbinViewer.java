package dev.sluice.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver made of GStreamer's webrtcbin, for one video codec. It does not use loopback. */
final class WebrtcbinViewer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String IMPORTS =
      "import gi; gi.require_version('GstSdp','1.0'); gi.require_version('GstWebRTC','1.0')";

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final AtomicInteger pictures = new AtomicInteger();

  WebrtcbinViewer(String encoding, String decoder) throws Exception {
    Path script = Path.of(WebrtcbinViewer.class.getResource("webrtcbin.py").toURI());
    process =
        new ProcessBuilder(PYTHON, script.toString(), encoding, decoder)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    out = process.inputReader(StandardCharsets.US_ASCII);
    in = process.outputWriter(StandardCharsets.US_ASCII);
  }

  static void assumeInstalled() throws Exception {
    Peers.assumeInstalled("python3");
    Process check = new ProcessBuilder(PYTHON, "-c", IMPORTS).start();
    check.waitFor(20, TimeUnit.SECONDS);
    Peers.assume(check.exitValue() == 0, "python3-gi with gir1.2-gst-plugins-bad-1.0");
  }

  String offer() throws IOException {
    return new String(Base64.getDecoder().decode(out.readLine()), StandardCharsets.UTF_8);
  }

  void answer(String sdp) throws IOException {
    in.write(Base64.getEncoder().encodeToString(sdp.getBytes(StandardCharsets.UTF_8)) + "\n");
    in.flush();
    Thread reader = new Thread(this::countPictures, "webrtcbin");
    reader.setDaemon(true);
    reader.start();
  }

  int pictures() {
    return pictures.get();
  }

  private void countPictures() {
    try {
      while (out.readLine() != null) {
        pictures.incrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    Peers.stop(process);
  }
}
