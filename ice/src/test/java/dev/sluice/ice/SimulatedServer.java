package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many agents behind one address: routes requests by username fragment, the way a host does. */
final class SimulatedServer {
  /** One session as its owner sees it. */
  final class Session implements IceListener<InetSocketAddress> {
    final IceLiteAgent<InetSocketAddress> agent;
    final Set<InetSocketAddress> remotes = new HashSet<>();
    @Nullable InetSocketAddress selected;
    long lastAuthenticatedCheck;
    private boolean proofRequired;
    private long watch;
    long expiredAt = -1;

    Session(IceCredentials local) {
      agent = new IceLiteAgent<>(context, local, Check.REMOTE, this, network.now());
      sessions.put(local.ufrag(), this);
      watch();
    }

    void restart(IceCredentials local) {
      agent.restart(network.now(), local, Check.REMOTE);
      sessions.put(local.ufrag(), this);
    }

    private void watch() {
      watch++;
      long current = watch;
      long wait = Math.max(1, agent.nextTimeout() - network.now());
      network.schedule(wait, () -> onTimeout(current));
    }

    private void onTimeout(long current) {
      if (current != watch) {
        return;
      }
      agent.handleTimeout(network.now());
      sendChecks();
      if (agent.isExpired(network.now())) {
        expiredAt = network.now();
        agent.close();
      } else {
        watch();
      }
    }

    private void sendChecks() {
      long now = network.now();
      for (InetSocketAddress to = agent.dueCheck(now); to != null; to = agent.dueCheck(now)) {
        int length = agent.writeCheck(now, out);
        network.send(Arrays.copyOf(out, length), routes.get(to));
      }
    }

    /** as after a handshake; by half of the seeds it came by one path, which it proves */
    private void requireProof() {
      agent.requireProof(network.now(), network.random.nextBoolean() ? agent.selected() : null);
      sendChecks();
      watch();
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
      if (!proofRequired) {
        proofRequired = true;
        network.schedule(AgentFixture.SECOND / 2, this::requireProof);
      }
    }

    @Override
    public void ufragRetired(String ufrag) {
      if (sessions.remove(ufrag) == null) {
        throw new AssertionError("retired without being known: " + ufrag);
      }
    }
  }

  final IceContext context = AgentFixture.context();
  final Map<String, Session> sessions = new HashMap<>();
  final List<byte[]> received = new ArrayList<>();

  private final SimulatedNetwork network;
  private final Map<InetSocketAddress, Consumer<byte[]>> routes = new HashMap<>();
  private final byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];

  SimulatedServer(SimulatedNetwork network) {
    this.network = network;
  }

  Session open(IceCredentials local) {
    return new Session(local);
  }

  void receive(byte[] datagram, InetSocketAddress remote, Consumer<byte[]> reply) {
    routes.put(remote, reply);
    received.add(datagram);
    String ufrag = Stun.localUfrag(datagram, 0, datagram.length);
    if (ufrag == null) {
      sessions.values().stream()
          .filter(session -> session.remotes.contains(remote))
          .toList()
          .forEach(session -> receive(session, datagram, remote, reply));
    } else if (sessions.containsKey(ufrag)) {
      receive(sessions.get(ufrag), datagram, remote, reply);
    }
  }

  private void receive(
      Session session, byte[] datagram, InetSocketAddress remote, Consumer<byte[]> reply) {
    int length =
        session.agent.handle(network.now(), datagram, 0, datagram.length, remote, remote, out);
    if (length == 0) {
      session.sendChecks();
      session.watch();
      return;
    }
    byte[] response = Arrays.copyOf(out, length);
    if (isSuccess(response)) {
      session.lastAuthenticatedCheck = network.now();
    }
    network.send(response, reply);
    session.sendChecks();
    session.watch();
  }

  private static boolean isSuccess(byte[] response) {
    return BigEndian.getUnsignedShort(response, 0) == Stun.BINDING_SUCCESS;
  }
}
