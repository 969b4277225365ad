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
final class Watcher implements PeerLifecycle, Resident {
  private static final long TIME_TO_CONNECT = 8 * SECOND;
  private static final long TIME_TO_FOLLOW = 14 * SECOND;
  private static final long TIME_TO_RECOVER = 4 * SECOND;
  private static final long LONGEST_STILL = 2 * SECOND;

  /** of a link that carries but the beginning of each group, when a keyframe is lost */
  private static final long LONGEST_STILL_THINNED = 5 * SECOND;

  private final World world;
  private final Random random;
  private final Source source;
  private final boolean rtx;
  private InetSocketAddress address;
  private @Nullable PeerViewer viewer;
  private @Nullable RemoteEnd remote;
  private @Nullable DtlsClient dtls;
  private @Nullable Playout playout;
  private boolean leaving;
  private long calmSince;
  private int pictures;

  Watcher(World world, Source source, boolean rtx) {
    this.world = world;
    this.source = source;
    this.rtx = rtx;
    random = world.random;
    address = world.newAddress(this);
    world.network.schedule(random.nextInt(3_000) * MILLISECOND, this::join);
    world.network.schedule(20 * MILLISECOND, this::tick);
  }

  int pictures() {
    return pictures + (playout == null ? 0 : playout.pictures());
  }

  private void join() {
    RelayedStream stream = world.streams.find(source.name());
    if (stream == null) {
      world.network.schedule(SECOND, this::join);
      return;
    }
    IceCredentials local = IceCredentials.generate(world.credentials);
    DtlsClient client = DtlsClient.create();
    String offer = Offer.of(local, client.fingerprint().toString(), rtx);
    viewer = world.viewers.create(stream, offer, PeerContext.NONE, this);
    world.streams.join(stream, viewer);
    dtls = client;
    remote =
        new RemoteEnd(
            world, client, local, Offer.credentials(viewer.answer()), this::hasShakenHands);
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
    switch (random.nextInt(8)) {
      case 0 -> {
        address = world.newAddress(this);
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
      case 6 ->
          ofSession.rendition(random.nextBoolean() ? null : Offer.RIDS.get(random.nextInt(2)));
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
    if (remote != null) {
      remote.restart(local, Offer.credentials(answer));
    }
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
    remote = null;
    playout = null;
    if (move) {
      address = world.newAddress(this);
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
    if (remote != null) {
      remote.tick(address);
    }
    if (playout != null) {
      playout.feedback(now).forEach(packet -> world.toEngine(address, packet));
    }
    world.network.schedule(20 * MILLISECOND, this::tick);
  }

  @Override
  public boolean takesAtOnce(byte[] datagram) {
    return remote != null && remote.takesAtOnce(datagram);
  }

  @Override
  public void receive(InetSocketAddress to, byte[] datagram) {
    if (!to.equals(address) || remote == null) {
      return;
    }
    if ((datagram[0] & 0xC0) != 0x80) {
      remote.receive(address, datagram);
    } else if (playout != null) {
      playout.receive(world.network.now(), datagram);
    }
  }

  private void hasShakenHands(DtlsClient client) {
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
    long longest = viewer.statistics().thinned() ? LONGEST_STILL_THINNED : LONGEST_STILL;
    if (shouldSee && now - playout.newestNanos() > longest) {
      throw new AssertionError(source.name() + ": no picture, at " + now / MILLISECOND);
    }
  }
}
