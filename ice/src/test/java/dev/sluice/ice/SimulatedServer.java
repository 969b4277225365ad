package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many agents behind one address: routes requests by username fragment, the way a host does. */
final class SimulatedServer {
  /** One session as its owner sees it. */
  final class Session implements IceListener {
    final IceLiteAgent agent;
    final Set<InetSocketAddress> remotes = new HashSet<>();
    @Nullable InetSocketAddress selected;
    long lastAuthenticatedCheck;
    long expiredAt = -1;

    Session(IceCredentials local) {
      agent = new IceLiteAgent(context, local, this, network.now());
      sessions.put(local.ufrag(), this);
      watch();
    }

    void restart(IceCredentials local) {
      agent.restart(network.now(), local);
      sessions.put(local.ufrag(), this);
    }

    private void watch() {
      long wait = Math.max(1, agent.nextTimeout() - network.now());
      network.schedule(wait, this::onTimeout);
    }

    private void onTimeout() {
      agent.handleTimeout(network.now());
      if (agent.isExpired(network.now())) {
        expiredAt = network.now();
        agent.close();
      } else {
        watch();
      }
    }

    @Override
    public void remoteAdded(InetSocketAddress remote) {
      if (!remotes.add(remote)) {
        throw new AssertionError("added twice: " + remote);
      }
    }

    @Override
    public void remoteRemoved(InetSocketAddress remote) {
      if (!remotes.remove(remote)) {
        throw new AssertionError("removed without being known: " + remote);
      }
    }

    @Override
    public void selectedChanged(@Nullable InetSocketAddress remote) {
      selected = remote;
    }

    @Override
    public void ufragRetired(String ufrag) {
      if (sessions.remove(ufrag) == null) {
        throw new AssertionError("retired without being known: " + ufrag);
      }
    }
  }

  final IceContext context =
      new IceContext(AgentFixture.CONNECT_TIMEOUT, AgentFixture.CONSENT_TIMEOUT);
  final Map<String, Session> sessions = new HashMap<>();

  private final SimulatedNetwork network;
  private final byte[] out = new byte[IceLiteAgent.MAX_RESPONSE_LENGTH];

  SimulatedServer(SimulatedNetwork network) {
    this.network = network;
  }

  Session open(IceCredentials local) {
    return new Session(local);
  }

  void receive(byte[] datagram, InetSocketAddress remote, Consumer<byte[]> reply) {
    String ufrag = Stun.localUfrag(datagram, 0, datagram.length);
    Session session = ufrag == null ? null : sessions.get(ufrag);
    if (session == null) {
      return;
    }
    int length = session.agent.handle(network.now(), datagram, 0, datagram.length, remote, out);
    if (length == 0) {
      return;
    }
    byte[] response = Arrays.copyOf(out, length);
    if (isSuccess(response)) {
      session.lastAuthenticatedCheck = network.now();
    }
    network.send(response, reply);
  }

  private static boolean isSuccess(byte[] response) {
    return BigEndian.getUnsignedShort(response, 0) == Stun.BINDING_SUCCESS;
  }
}
