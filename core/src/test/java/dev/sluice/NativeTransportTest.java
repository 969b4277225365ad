package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NativeTransportTest {
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(err);
  }

  /** runs on what there is */
  public static class Host implements Runnable {
    @Override
    public void run() {
      start(NetworkOptions.DEFAULT);
    }

    static void start(NetworkOptions network) {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      RelayEngine.builder().network(network.withBindAddress(anyPort)).build().close();
    }
  }

  /** wants nothing native */
  public static final class HostOnNio extends Host {
    @Override
    public void run() {
      start(NetworkOptions.DEFAULT.withNativeTransport(false));
    }
  }

  @Test
  void shouldWarnWhenLinuxHasToDoWithoutEpoll() throws Exception {
    HostClassPath.without("netty-transport-native-epoll").run(Host.class);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("WARN dev.sluice.loop.Transport - On NIO")
        .contains("netty_transport_native_epoll")
        .contains("--add-modules io.netty.transport.epoll.linux.x86_64");
  }

  @Test
  void shouldNotWarnOfWhatTheHostChose() throws Exception {
    HostClassPath.without("netty-transport-native-epoll").run(HostOnNio.class);
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("On NIO");
  }
}
