package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A full agent in virtual time that checks the given addresses, the first one the best. */
final class FullAgentFixture {
  static final long MILLI = 1_000_000L;
  static final long CONNECT_TIMEOUT = 60_000 * MILLI;

  final IceContext context;
  final RecordingListener listener = new RecordingListener();
  final IceFullAgent<InetSocketAddress> agent;

  long now;

  FullAgentFixture(InetSocketAddress... candidates) {
    this(new Random(8445), candidates);
  }

  FullAgentFixture(RandomGenerator random, InetSocketAddress... candidates) {
    this(random, AgentFixture.CONSENT_TIMEOUT, candidates);
  }

  FullAgentFixture(long consentTimeout, InetSocketAddress... candidates) {
    this(new Random(8445), consentTimeout, candidates);
  }

  private FullAgentFixture(
      RandomGenerator random, long consentTimeout, InetSocketAddress... candidates) {
    context = new IceContext(CONNECT_TIMEOUT, consentTimeout, random);
    agent =
        new IceFullAgent<>(
            context,
            Check.LOCAL,
            Check.REMOTE,
            candidates(candidates),
            address -> address,
            listener,
            now);
  }

  private static List<RemoteCandidate> candidates(InetSocketAddress... addresses) {
    List<RemoteCandidate> candidates = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      candidates.add(new RemoteCandidate(Check.HIGH - candidates.size(), address));
    }
    return candidates;
  }

  /** Gives the agent a datagram and returns its response, empty for none. */
  byte[] handle(byte[] datagram, InetSocketAddress from) {
    byte[] out = new byte[IceAgent.MAX_MESSAGE_LENGTH];
    int length = agent.handle(now, datagram, 0, datagram.length, from, from, out);
    return Arrays.copyOf(out, length);
  }

  /** Lets time pass up to the agent's next timeout, if that is not later than the given time. */
  boolean advance(long end) {
    long next = agent.nextTimeout();
    if (next - end > 0) {
      return false;
    }
    now = Math.max(now, next);
    agent.handleTimeout(now);
    return true;
  }

  /** The check that is due now; it must be one for that address. */
  byte[] takeCheck(InetSocketAddress to) {
    agent.handleTimeout(now);
    if (!to.equals(agent.dueCheck(now))) {
      throw new AssertionError("due is " + agent.dueCheck(now));
    }
    byte[] out = new byte[IceAgent.MAX_MESSAGE_LENGTH];
    return Arrays.copyOf(out, agent.writeCheck(now, out));
  }

  static StunMessage parse(byte[] message) {
    StunMessage parsed = new StunMessage();
    if (!parsed.parse(message, 0, message.length)) {
      throw new AssertionError("not well-formed");
    }
    return parsed;
  }

  /** Has the peer answer the check that is due, which must be for that address. */
  void answerCheck(InetSocketAddress to) {
    handle(Check.answer(takeCheck(to), Check.REMOTE), to);
  }

  /** Has the peer answer a check and the nomination that follows. */
  void connect(InetSocketAddress to) {
    answerCheck(to);
    answerCheck(to);
  }

  long count(IceCounter counter) {
    return context.counters().get(counter);
  }
}
