package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes that the test's thread allocates: an upper bound of what is kept. */
class IceFootprintTest {
  private static final int SESSIONS = 10_000;

  private final IceContext context = AgentFixture.context();
  private final RecordingListener listener = new RecordingListener();
  private final Map<Integer, IceLiteAgent<InetSocketAddress>> agents = new HashMap<>();
  private final byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];

  @Test
  void shouldKeepAConnectedAgentBelow1Kilobyte() {
    byte[] check = Check.nominating();
    connectAll(check);
    long before = allocated();
    connectAll(check);
    long perAgent = (allocated() - before) / SESSIONS;

    assertThat(perAgent).isLessThan(1_024);
  }

  private void connectAll(byte[] check) {
    for (int i = 0; i < SESSIONS; i++) {
      IceCredentials local = new IceCredentials(Check.LOCAL.ufrag(), Check.LOCAL.pwd());
      IceLiteAgent<InetSocketAddress> agent =
          new IceLiteAgent<>(context, local, Check.REMOTE, listener, 0);
      agents.put(i, agent);
      agent.handle(0, check, 0, check.length, Addresses.A, Addresses.A, out);
    }
  }

  @Test
  void shouldAllocateLittlePerCheck() {
    AgentFixture fixture = new AgentFixture();
    byte[] check = Check.nominating();
    long perCheck = perCheck(fixture.agent, check, Addresses.A);

    assertThat(perCheck).isLessThan(512);
  }

  @Test
  void shouldAllocateNothingForAForgedCheckOfAFlood() {
    AgentFixture fixture = new AgentFixture();
    IceCredentials forger = new IceCredentials(Check.LOCAL.ufrag(), "w".repeat(22));
    byte[] check = Check.request(forger, Check.HIGH, true);

    assertThat(perCheck(fixture.agent, check, Addresses.B)).isLessThan(8);
  }

  private long perCheck(
      IceLiteAgent<InetSocketAddress> agent, byte[] check, InetSocketAddress remote) {
    int checks = 20_000;
    long before = 0;
    for (int i = 0; i < 2 * checks; i++) {
      if (i == checks) {
        before = allocated();
      }
      agent.handle(i, check, 0, check.length, remote, remote, out);
    }
    return (allocated() - before) / checks;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
