package dev.sluice.ice;

import static dev.sluice.ice.AgentFixture.SECOND;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A full, controlling ICE agent with several addresses of falling priority towards one server
 * address. It checks each address until it is answered, goes for the best one that is, and then
 * checks that one again every 5 s, more or less, for consent (RFC 7675 section 5.1).
 */
final class SimulatedPeer {
  enum Nomination {
    /** Nominates the best address that has been answered, and again with each later check. */
    REGULAR,
    /** Nominates with each check until the address has been answered, never after that. */
    AGGRESSIVE
  }

  private static final long PACE = SECOND / 5;

  private final class Path {
    InetSocketAddress address;
    final long priority;
    boolean up = true;
    boolean answered;
    boolean nominated;
    long nextCheck;

    Path(InetSocketAddress address, long priority) {
      this.address = address;
      this.priority = priority;
    }

    void reset() {
      answered = false;
      nominated = false;
      nextCheck = 0;
    }
  }

  private record Transaction(Path path, IceCredentials server, boolean nominating) {}

  private final SimulatedNetwork network;
  private final SimulatedServer server;
  private final Nomination nomination;
  private final List<Path> paths;
  private final Map<String, Transaction> transactions = new HashMap<>();
  private final StunMessage message = new StunMessage();
  private final StunAuthenticator authenticator = new StunAuthenticator();
  private final byte[] buffer = new byte[300];

  private IceCredentials serverCredentials;
  private boolean vanished;

  SimulatedPeer(
      SimulatedNetwork network,
      SimulatedServer server,
      IceCredentials serverCredentials,
      Nomination nomination,
      List<InetSocketAddress> addresses) {
    this.network = network;
    this.server = server;
    this.serverCredentials = serverCredentials;
    this.nomination = nomination;
    this.paths =
        addresses.stream()
            .map(address -> new Path(address, 0x6E7FFFFFL - 0x10000L * addresses.indexOf(address)))
            .toList();
    network.schedule(0, this::tick);
  }

  /** The best address that the server has acknowledged the nomination of. */
  @Nullable InetSocketAddress selected() {
    return paths.stream()
        .filter(path -> path.nominated)
        .map(path -> path.address)
        .findFirst()
        .orElse(null);
  }

  void cut(int path) {
    paths.get(path).up = false;
    paths.get(path).reset();
  }

  void repair(int path) {
    paths.get(path).up = true;
  }

  /** a NAT gives a path another port, of which the peer knows nothing */
  void rebind(int path, InetSocketAddress address) {
    paths.get(path).address = address;
  }

  void restart(IceCredentials newServerCredentials) {
    serverCredentials = newServerCredentials;
    paths.forEach(Path::reset);
  }

  void vanish() {
    vanished = true;
  }

  private void tick() {
    if (vanished) {
      return;
    }
    for (Path path : paths) {
      if (path.up && network.now() >= path.nextCheck) {
        check(path);
      }
    }
    network.schedule(PACE, this::tick);
  }

  private void check(Path path) {
    boolean best = best() == path;
    boolean nominating = nomination == Nomination.REGULAR ? best : !path.answered;
    boolean settled = path.answered && (path.nominated || !nominating);
    path.nextCheck = network.now() + (settled ? consentInterval() : PACE);
    if (nomination == Nomination.AGGRESSIVE && path.answered && !best) {
      return;
    }
    byte[] transactionId = new byte[Stun.TRANSACTION_ID_LENGTH];
    network.random.nextBytes(transactionId);
    transactions.put(
        HexFormat.of().formatHex(transactionId),
        new Transaction(path, serverCredentials, nominating));
    byte[] request = request(path, transactionId, nominating);
    send(path, request);
  }

  /** from the path's address of this moment; what is sent there later may find it rebound */
  private void send(Path path, byte[] datagram) {
    InetSocketAddress from = path.address;
    network.send(
        datagram,
        delivered -> server.receive(delivered, from, reply -> answered(path, from, reply)));
  }

  private long consentInterval() {
    return (long) (5 * SECOND * (0.8 + 0.4 * network.random.nextDouble()));
  }

  private @Nullable Path best() {
    return paths.stream().filter(path -> path.up && path.answered).findFirst().orElse(null);
  }

  private byte[] request(Path path, byte[] transactionId, boolean nominating) {
    StunWriter writer =
        new StunWriter()
            .begin(buffer, 0, Stun.BINDING_REQUEST, transactionId, 0)
            .username(serverCredentials.ufrag(), Check.REMOTE_UFRAG)
            .priority(path.priority)
            .controlling(1);
    if (nominating) {
      writer.useCandidate();
    }
    writer.integrity(authenticator, serverCredentials).fingerprint();
    return Arrays.copyOf(buffer, writer.length());
  }

  /** as any full agent answers a check by its own credentials */
  private void answer(Path path, byte[] request) {
    if (authenticator.verify(message, Check.REMOTE)) {
      send(path, Check.answer(request, Check.REMOTE));
    }
  }

  private void answered(Path path, InetSocketAddress at, byte[] response) {
    if (vanished
        || !path.up
        || !at.equals(path.address)
        || !message.parse(response, 0, response.length)) {
      return;
    }
    if (message.messageType() == Stun.BINDING_REQUEST) {
      answer(path, response);
      return;
    }
    byte[] transactionId = new byte[Stun.TRANSACTION_ID_LENGTH];
    message.copyTransactionId(transactionId, 0);
    Transaction transaction = transactions.get(HexFormat.of().formatHex(transactionId));
    if (transaction == null
        || transaction.path() != path
        || transaction.server() != serverCredentials
        || message.messageType() != Stun.BINDING_SUCCESS
        || !authenticator.verify(message, serverCredentials)
        || !path.address.equals(message.xorMappedAddress())) {
      return;
    }
    path.answered = true;
    path.nominated |= transaction.nominating();
    if (path.nominated && nomination == Nomination.REGULAR) {
      paths.stream().filter(other -> other != path).forEach(other -> other.nominated = false);
    }
  }
}
