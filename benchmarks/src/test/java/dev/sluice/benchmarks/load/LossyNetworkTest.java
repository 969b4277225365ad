package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The script, where the machine lets it make a namespace. */
@EnabledOnOs(OS.LINUX)
class LossyNetworkTest {
  private static final int DATAGRAMS = 2_000;
  private static final int BATCH = 100;

  @Test
  void shouldLoseTheShareThatWasAskedFor() throws Exception {
    assumeTrue(run("0", "true").waitFor() == 0, "no namespaces, or no nftables");

    Process probe =
        run(
            "0",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Probe.class.getName());
    String[] counts =
        new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" ");

    assertThat(probe.waitFor()).isZero();
    assertThat(Integer.parseInt(counts[0])).as("received at 0 %").isEqualTo(DATAGRAMS);
    int received = Integer.parseInt(counts[1]);
    assertThat(received).as("received at 20 %").isBetween(1_400, 1_800);
    assertThat(Integer.parseInt(counts[2])).as("lost").isEqualTo(DATAGRAMS - received);
  }

  private static Process run(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of("lossy-network").toAbsolutePath().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Sends to itself, in the namespace. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) throws Exception {
      int lossless = received();
      LossyNetwork.lose(0.2);
      System.out.println(lossless + " " + received() + " " + LossyNetwork.lost());
    }

    private static int received() throws IOException {
      int count = 0;
      try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        socket.setSoTimeout(100);
        DatagramPacket packet = new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress());
        for (int sent = 0; sent < DATAGRAMS; sent += BATCH) {
          for (int i = 0; i < BATCH; i++) {
            socket.send(packet);
          }
          count += received(socket);
        }
      }
      return count;
    }

    private static int received(DatagramSocket socket) throws IOException {
      for (int count = 0; count < BATCH; count++) {
        try {
          socket.receive(new DatagramPacket(new byte[1], 1));
        } catch (SocketTimeoutException e) {
          return count;
        }
      }
      return BATCH;
    }
  }
}
