package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;

/** An agent in virtual time with everything it needs. */
final class AgentFixture {
  static final long SECOND = 1_000_000_000L;
  static final long CONNECT_TIMEOUT = 10 * SECOND;
  static final long CONSENT_TIMEOUT = 30 * SECOND;

  final IceContext context = new IceContext(CONNECT_TIMEOUT, CONSENT_TIMEOUT);
  final RecordingListener listener = new RecordingListener();
  final IceLiteAgent agent;

  long now;

  AgentFixture() {
    this(0);
  }

  AgentFixture(long now) {
    this.now = now;
    agent = new IceLiteAgent(context, Check.LOCAL, listener, now);
  }

  /** Gives the agent a datagram and returns its response, empty for none. */
  byte[] handle(byte[] datagram, InetSocketAddress remote) {
    byte[] out = new byte[IceLiteAgent.MAX_RESPONSE_LENGTH];
    int length = agent.handle(now, datagram, 0, datagram.length, remote, out);
    return Arrays.copyOf(out, length);
  }

  long count(IceCounter counter) {
    return context.counters().get(counter);
  }
}
