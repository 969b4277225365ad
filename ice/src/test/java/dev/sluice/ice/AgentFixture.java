package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;

/** An agent in virtual time with everything it needs. */
final class AgentFixture {
  static final long SECOND = 1_000_000_000L;
  static final long CONNECT_TIMEOUT = 10 * SECOND;
  static final long CONSENT_TIMEOUT = 30 * SECOND;

  final IceContext context = context();
  final RecordingListener listener = new RecordingListener();
  final IceLiteAgent<InetSocketAddress> agent;

  long now;

  static IceContext context() {
    return new IceContext(CONNECT_TIMEOUT, CONSENT_TIMEOUT, new Random(8445));
  }

  AgentFixture() {
    this(0);
  }

  AgentFixture(long now) {
    this.now = now;
    agent = new IceLiteAgent<>(context, Check.LOCAL, Check.REMOTE, listener, now);
  }

  /** Gives the agent a datagram and returns its response, empty for none. */
  byte[] handle(byte[] datagram, InetSocketAddress remote) {
    byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];
    int length = agent.handle(now, datagram, 0, datagram.length, remote, remote, out);
    return Arrays.copyOf(out, length);
  }

  /** The check that the agent has to send now, empty for none. */
  byte[] dueCheck() {
    byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];
    int length = agent.writeCheck(now, out);
    return Arrays.copyOf(out, length);
  }

  /** Has the peer answer the check that the agent has to send now. */
  void answerCheck() {
    InetSocketAddress remote = agent.dueCheck(now);
    handle(Check.answer(dueCheck(), Check.REMOTE), remote);
  }

  long count(IceCounter counter) {
    return context.counters().get(counter);
  }
}
