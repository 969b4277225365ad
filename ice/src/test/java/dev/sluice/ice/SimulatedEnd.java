package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agent, whichever, with a socket on a simulated network, in virtual time. */
final class SimulatedEnd implements IceListener<InetSocketAddress> {
  /** Who is at which address; nobody is at the others. */
  static final class Wire {
    final SimulatedNetwork network;
    private final Map<InetSocketAddress, SimulatedEnd> ends = new HashMap<>();
    boolean cut;

    Wire(SimulatedNetwork network) {
      this.network = network;
    }

    private void send(byte[] datagram, InetSocketAddress from, InetSocketAddress to) {
      SimulatedEnd end = ends.get(to);
      if (end != null && !cut) {
        network.send(datagram, delivered -> end.receive(delivered, from));
      }
    }
  }

  /** Makes the agent under test. */
  @FunctionalInterface
  interface Maker {
    IceAgent<InetSocketAddress> make(IceContext context, IceListener<InetSocketAddress> listener);
  }

  final IceAgent<InetSocketAddress> agent;
  final IceContext context;
  final Set<InetSocketAddress> remotes = new HashSet<>();
  @Nullable InetSocketAddress selected;
  long selectedAt;
  long expiredAt = -1;

  private final Wire wire;
  private final InetSocketAddress address;
  private final byte[] out = new byte[IceAgent.MAX_MESSAGE_LENGTH];
  private long watch;

  SimulatedEnd(Wire wire, InetSocketAddress address, Maker maker) {
    this.wire = wire;
    this.address = address;
    context =
        new IceContext(
            FullAgentFixture.CONNECT_TIMEOUT, AgentFixture.CONSENT_TIMEOUT, wire.network.random);
    agent = maker.make(context, this);
    wire.ends.put(address, this);
    watch();
  }

  static SimulatedEnd full(
      Wire wire,
      InetSocketAddress address,
      IceCredentials local,
      IceCredentials remote,
      List<RemoteCandidate> candidates) {
    return new SimulatedEnd(
        wire,
        address,
        (context, listener) ->
            new IceFullAgent<>(
                context, local, remote, candidates, at -> at, listener, wire.network.now()));
  }

  private void receive(byte[] datagram, InetSocketAddress from) {
    if (expiredAt >= 0) {
      return;
    }
    int length = agent.handle(now(), datagram, 0, datagram.length, from, from, out);
    if (length > 0) {
      wire.send(Arrays.copyOf(out, length), address, from);
    }
    sendChecks();
    watch();
  }

  private void watch() {
    long current = ++watch;
    wire.network.schedule(Math.max(1, agent.nextTimeout() - now()), () -> onTimeout(current));
  }

  private void onTimeout(long current) {
    if (current != watch) {
      return;
    }
    agent.handleTimeout(now());
    sendChecks();
    if (agent.isExpired(now())) {
      expiredAt = now();
      agent.close();
    } else {
      watch();
    }
  }

  private void sendChecks() {
    for (InetSocketAddress to = agent.dueCheck(now()); to != null; to = agent.dueCheck(now())) {
      int length = agent.writeCheck(now(), out);
      wire.send(Arrays.copyOf(out, length), address, to);
    }
  }

  private long now() {
    return wire.network.now();
  }

  @Override
  public void pathAdded(InetSocketAddress remote) {
    if (!remotes.add(remote)) {
      throw new AssertionError("added twice: " + remote);
    }
  }

  @Override
  public void pathRemoved(InetSocketAddress remote) {
    if (!remotes.remove(remote)) {
      throw new AssertionError("removed without being known: " + remote);
    }
  }

  @Override
  public void selectedChanged(@Nullable InetSocketAddress remote) {
    selected = remote;
    selectedAt = now();
  }

  @Override
  public void ufragRetired(String ufrag) {}
}
