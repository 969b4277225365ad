package dev.sluice.world;

import dev.sluice.ice.IceCredentials;
import dev.sluice.webrtc.DtlsClient;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.function.Consumer;

/** ICE and DTLS of a session, as they are at a peer of the engine's. */
final class RemoteEnd {
  private final World world;
  private final Random random;
  private final DtlsClient dtls;
  private final Consumer<DtlsClient> onConnected;
  private Checks checks;
  private boolean shaking;
  private boolean connected;

  RemoteEnd(
      World world,
      DtlsClient dtls,
      IceCredentials local,
      IceCredentials engine,
      Consumer<DtlsClient> onConnected) {
    this.world = world;
    this.dtls = dtls;
    this.onConnected = onConnected;
    random = world.random;
    checks = new Checks(random, local, engine);
  }

  void restart(IceCredentials local, IceCredentials engine) {
    checks = new Checks(random, local, engine);
  }

  void tick(InetSocketAddress address) {
    long now = world.network.now();
    if (checks.isDue(now)) {
      world.toEngine(address, checks.next(now));
    }
  }

  /** while it shakes hands, what is of the handshake does not take the way over the network */
  boolean takesAtOnce(byte[] datagram) {
    boolean taken = shaking && datagram[0] >= 20 && datagram[0] <= 63;
    if (taken) {
      dtls.receive(datagram);
    }
    return taken;
  }

  /** takes what is no media */
  void receive(InetSocketAddress address, byte[] datagram) {
    byte[] answer = checks.receive(datagram);
    if (answer != null) {
      world.toEngine(address, answer);
    }
    if (checks.isAnswered() && !connected) {
      connected = true;
      shakeHands(address);
      onConnected.accept(dtls);
    }
  }

  private void shakeHands(InetSocketAddress address) {
    shaking = true;
    try {
      dtls.start();
      for (byte[] flight = dtls.next(); flight != null; flight = dtls.next()) {
        world.handToEngine(address, flight);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    shaking = false;
  }
}
