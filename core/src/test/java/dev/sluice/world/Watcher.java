package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;
import static dev.sluice.world.Network.SECOND;

import dev.sluice.PeerContext;
import dev.sluice.ice.IceCredentials;
import dev.sluice.stream.RelayedStream;
import dev.sluice.webrtc.DtlsClient;
import dev.sluice.webrtc.HostedPeer;
import dev.sluice.webrtc.PeerLifecycle;
import dev.sluice.webrtc.PeerViewer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who watches a stream, and now and then moves, loses the network, restarts or leaves in
 * one of several ways. It says so when it is forgotten: no path, no picture, or a session that
 * ends.
 */
final class Watcher implements PeerLifecycle {
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 50_000;
  private static final long TIME_TO_CONNECT = 8 * SECOND;
  private static final long TIME_TO_FOLLOW = 14 * SECOND;
  private static final long TIME_TO_RECOVER = 4 * SECOND;
  private static final long LONGEST_STILL = 2 * SECOND;

  private final World world;
  private final Random random;
  private final Source source;
  private final boolean rtx;
  private InetSocketAddress address;
  private @Nullable PeerViewer viewer;
  private @Nullable Checks checks;
  private @Nullable DtlsClient dtls;
  private @Nullable Playout playout;
  private boolean shaking;
  private boolean leaving;
  private long calmSince;
  private int pictures;

  Watcher(World world, Source source, boolean rtx) {
    this.world = world;
    this.source = source;
    this.rtx = rtx;
    random = world.random;
    address = newAddress();
    world.network.schedule(random.nextInt(3_000) * MILLISECOND, this::join);
    world.network.schedule(20 * MILLISECOND, this::tick);
  }

  int pictures() {
    return pictures + (playout == null ? 0 : playout.pictures());
  }

  private InetSocketAddress newAddress() {
    InetSocketAddress next = new InetSocketAddress("127.0.0.1", FIRST_PORT + random.nextInt(PORTS));
    world.moveIn(next, this);
    return next;
  }

  private void join() {
    RelayedStream stream = world.streams.find(source.name());
    if (stream == null) {
      world.network.schedule(SECOND, this::join);
      return;
    }
    IceCredentials local = IceCredentials.generate(world.credentials);
    dtls = DtlsClient.create();
    String offer = Offer.of(local, dtls.fingerprint().toString(), rtx);
    viewer = world.viewers.create(stream, offer, PeerContext.NONE, this);
    world.streams.join(stream, viewer);
    checks = new Checks(random, local, Offer.credentials(viewer.answer()));
    leaving = false;
    calmSince = world.network.now() + TIME_TO_CONNECT;
    world.network.schedule((5_000 + random.nextInt(20_000)) * MILLISECOND, () -> live(viewer));
  }

  @Override
  public void connected(HostedPeer who) {}

  @Override
  public void ended(HostedPeer who) {
    PeerViewer gone = (PeerViewer) who;
    world.streams.leave(gone.stream(), gone);
    if (gone == viewer && !leaving) {
      world.failed("a session ended that nobody wanted to end");
    }
  }

  /** something happens to the session, if it is still the present one */
  private void live(@Nullable PeerViewer ofSession) {
    if (ofSession == null || ofSession != viewer) {
      return;
    }
    switch (random.nextInt(7)) {
      case 0 -> {
        address = newAddress();
        calmIn(TIME_TO_FOLLOW);
      }
      case 1 -> {
        long outage = random.nextInt(6_000) * MILLISECOND;
        world.network.cut(address, outage);
        calmIn(outage + TIME_TO_RECOVER);
      }
      case 2 -> restartIce(ofSession);
      case 3 -> leave(true, () -> {}); // without a word
      case 4 -> leave(true, () -> sayGoodbye());
      case 5 -> leave(true, ofSession::close);
      default -> leave(false, () -> {}); // another session on the same port
    }
    world.network.schedule((5_000 + random.nextInt(20_000)) * MILLISECOND, () -> live(ofSession));
  }

  private void calmIn(long nanos) {
    calmSince = Math.max(calmSince, world.network.now() + nanos);
  }

  private void restartIce(PeerViewer session) {
    IceCredentials local = IceCredentials.generate(world.credentials);
    String answer = session.restartIce(Offer.fragment(local));
    checks = new Checks(random, local, Offer.credentials(answer));
    calmIn(TIME_TO_RECOVER);
  }

  private void sayGoodbye() {
    try {
      if (dtls != null && playout != null) {
        world.toEngine(address, dtls.goodbye());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void leave(boolean move, Runnable how) {
    leaving = true;
    how.run();
    pictures = pictures();
    viewer = null;
    checks = null;
    playout = null;
    if (move) {
      address = newAddress();
    }
    world.network.schedule(random.nextInt(2_000) * MILLISECOND, this::join);
  }

  void end() {
    PeerViewer last = viewer;
    leaving = true;
    viewer = null;
    if (last != null) {
      last.close();
    }
  }

  private void tick() {
    long now = world.network.now();
    Checks current = checks;
    if (current != null && current.isDue(now)) {
      world.toEngine(address, current.next(now));
    }
    if (playout != null) {
      playout.feedback(now).forEach(packet -> world.toEngine(address, packet));
    }
    world.network.schedule(20 * MILLISECOND, this::tick);
  }

  /** while it shakes hands, what is of the handshake does not take the way over the network */
  boolean takesAtOnce(byte[] datagram) {
    boolean taken = shaking && datagram[0] >= 20 && datagram[0] <= 63;
    if (taken && dtls != null) {
      dtls.receive(datagram);
    }
    return taken;
  }

  void receive(InetSocketAddress to, byte[] datagram) {
    if (!to.equals(address) || checks == null) {
      return;
    }
    if ((datagram[0] & 0xC0) == 0x80) {
      if (playout != null) {
        playout.receive(world.network.now(), datagram);
      }
      return;
    }
    byte[] answer = checks.receive(datagram);
    if (answer != null) {
      world.toEngine(address, answer);
    }
    if (checks.isAnswered() && playout == null && dtls != null) {
      shakeHands(dtls);
    }
  }

  private void shakeHands(DtlsClient client) {
    shaking = true;
    try {
      client.start();
      for (byte[] flight = client.next(); flight != null; flight = client.next()) {
        world.handToEngine(address, flight);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    shaking = false;
    playout = new Playout(random, source, client.srtpKeys(), client.srtpKeysOfServer());
  }

  /** what must hold of it now */
  void check() {
    long now = world.network.now();
    if (viewer == null || now < calmSince) {
      return;
    }
    if (playout == null) {
      throw new AssertionError(source.name() + ": not connected, at " + now / MILLISECOND);
    }
    long steady = source.steadySince();
    boolean shouldSee = steady >= 0 && now > Math.max(steady, calmSince) + TIME_TO_RECOVER;
    if (shouldSee && now - playout.newestNanos() > LONGEST_STILL) {
      throw new AssertionError(source.name() + ": no picture, at " + now / MILLISECOND);
    }
  }
}
