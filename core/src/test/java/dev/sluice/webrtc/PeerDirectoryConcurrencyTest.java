package dev.sluice.webrtc;

import static dev.sluice.Orders.inParallel;
import static dev.sluice.Orders.repeat;
import static dev.sluice.Orders.require;

import dev.sluice.loop.UdpPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of several event loops take one address over and leave it, at the same time. */
class PeerDirectoryConcurrencyTest extends PeerHarness {
  private static final int MEETINGS = 3_000;

  private Peer before;
  private UdpPath path;

  @BeforeEach
  void openAnother() throws Exception {
    before = session;
    path = new UdpPath(loop.socket(), PEER);
    openSession();
  }

  @Test
  void shouldKeepBothThatComeToAnAddressAtOnce() {
    Peer one = before;
    Peer other = session;
    repeat(
        MEETINGS,
        () -> {
          PeerDirectory sessions = new PeerDirectory();
          inParallel(() -> sessions.add(path, one), () -> sessions.add(path, other));
          Peer newest = sessions.byAddress(PEER);
          Peer oldest = newest == null ? null : sessions.after(newest, PEER);
          require(
              newest == one ? oldest == other : newest == other && oldest == one, "one is lost");
        });
  }

  @Test
  void shouldForgetWhoLeavesWhileAnotherTakesItsAddressOver() {
    Peer leaves = before;
    Peer comes = session;
    repeat(
        MEETINGS,
        () -> {
          PeerDirectory sessions = new PeerDirectory();
          sessions.add(path, leaves);
          inParallel(() -> sessions.remove(path, leaves), () -> sessions.add(path, comes));
          require(sessions.byAddress(PEER) == comes, "the address is not taken over");
          require(sessions.after(comes, PEER) == null, "who left is still there");
          sessions.remove(path, comes);
          require(sessions.byAddress(PEER) == null, "the address is not forgotten");
        });
  }

  @Test
  void shouldFindSomebodyWhileAnotherComesAndGoes() {
    Peer stays = before;
    Peer passes = session;
    repeat(
        MEETINGS,
        () -> {
          PeerDirectory sessions = new PeerDirectory();
          sessions.add(path, stays);
          inParallel(
              () -> {
                sessions.add(path, passes);
                sessions.remove(path, passes);
              },
              () -> {
                require(sessions.handshaking(PEER) != null, "nobody shakes hands");
                Peer first = sessions.byAddress(PEER);
                require(first != null, "nobody is there");
                require(first == stays || asksOn(sessions, first, stays), "who stays is not asked");
              });
        });
  }

  /** who has left meanwhile leads to nobody, and the datagram is lost as any may be */
  private static boolean asksOn(PeerDirectory sessions, Peer first, Peer stays) {
    Peer next = sessions.after(first, PEER);
    return next == stays || next == null && sessions.byAddress(PEER) == stays;
  }
}
