package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.DisconnectReason;
import dev.sluice.ice.IceCredentials;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session whose datagrams come to another event loop than the one that it was given at first. */
class HomingTest extends PeerHarness {
  private final EmbeddedChannel otherChannel = new EmbeddedChannel();
  private PeerLoop other;

  @Override
  void openSession() throws Exception {
    otherChannel.freezeTime();
    other = loop(otherChannel.eventLoop(), otherChannel);
    otherChannel.pipeline().addLast(other);
    super.openSession();
  }

  @Override
  PeerHome home() {
    return PeerHome.provisionally(loop);
  }

  @Override
  void inject(byte[] datagram, InetSocketAddress from) {
    otherChannel.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(datagram), ENGINE, from));
  }

  @Override
  List<DatagramPacket> received() {
    List<DatagramPacket> packets = new ArrayList<>();
    for (DatagramPacket p = otherChannel.readOutbound(); p != null; ) {
      packets.add(p);
      p = otherChannel.readOutbound();
    }
    return packets;
  }

  @AfterEach
  void closeOther() {
    otherChannel.finishAndReleaseAll();
  }

  @Test
  void shouldLiveWhereTheFirstCheckCameToAndHaveNothingHandedOverFromThenOn() throws Exception {
    check(PEER, true);
    runTasks();
    assertThat(session.loop()).isSameAs(other);
    assertThat(loop.sessions()).isZero();
    assertThat(other.sessions()).isEqualTo(1);
    assertThat(received()).as("the answer to the first check").hasSize(1);

    handshake(); // and no task of the first loop is run
    assertThat(events.happened).containsExactly("connected");
    assertThat(channel.hasPendingTasks()).isFalse();
    assertThat(channel.outboundMessages()).isEmpty();
  }

  @Test
  void shouldEndOnItsNewLoopWithoutConsent() throws Exception {
    check(PEER, true);
    runTasks();
    handshake();
    passOnOther(CONSENT_TIMEOUT + SECOND);
    assertThat(events.happened).containsExactly("connected", "CONSENT_LOST");
    assertThat(other.sessions()).isZero();
    assertThat(directory.byUfrag(local.ufrag())).isNull();
    assertThat(directory.byAddress(PEER)).isNull();
  }

  @Test
  void shouldEndOnItsNewLoopThoughNothingMoreComes() {
    check(PEER, false);
    runTasks();
    passOnOther(CONNECT_TIMEOUT + SECOND);
    assertThat(events.happened).containsExactly("CONNECT_TIMEOUT");
  }

  @Test
  void shouldStayWhereItIsFromItsFirstDatagramOn() {
    channel.writeInbound(
        new DatagramPacket(Unpooled.copiedBuffer(check(local, true)), ENGINE, PEER));
    check(OTHER, true);
    runTasks();
    assertThat(session.loop()).isSameAs(loop);
  }

  @Test
  void shouldMoveOnceAtMost() {
    check(PEER, true);
    runTasks();
    channel.writeInbound(
        new DatagramPacket(Unpooled.copiedBuffer(check(local, true)), ENGINE, OTHER));
    runTasks();
    assertThat(session.loop()).isSameAs(other);
  }

  @Test
  void shouldStayWithTheCredentialsOfARestart() {
    IceCredentials restarted = IceCredentials.generate(RANDOM);
    session.restartIce(restarted, REMOTE);
    inject(check(restarted, true), PEER);
    runTasks();
    assertThat(session.loop()).isSameAs(loop);
  }

  @Test
  void shouldStayWhereTheOtherLoopHasManyMoreSessions() throws Exception {
    Peer first = session;
    for (int i = 0; i < 9; i++) {
      openSession(other);
    }
    session = first;
    check(PEER, true);
    runTasks();
    assertThat(session.loop()).isSameAs(loop);
  }

  private void openSession(PeerLoop home) {
    session =
        new Peer(
            PeerHome.on(home),
            settings,
            media,
            new OfferingPeer(REMOTE, REMOTE, List.of(dtls.fingerprint()), false));
    session.open(IceCredentials.generate(RANDOM), events);
  }

  @Test
  void shouldDoWhatItWasToldWhileItMovedOnItsNewLoop() {
    check(PEER, true);
    session.execute(() -> session.close(DisconnectReason.EVICTED));
    channel.runPendingTasks();
    assertThat(events.happened).isEmpty();
    otherChannel.runPendingTasks();
    assertThat(events.happened).containsExactly("EVICTED");
    assertThat(other.sessions()).isZero();
  }

  @Test
  void shouldFailWhereTheOtherLoopHasEnded() {
    other.end();
    check(PEER, true);
    runTasks();
    assertThat(events.happened).containsExactly("FAILED");
    assertThat(loop.sessions() + other.sessions()).isZero();
  }

  private void runTasks() {
    channel.runPendingTasks();
    otherChannel.runPendingTasks();
  }

  private void passOnOther(long nanos) {
    for (long end = now + nanos; now < end; now += STEP) {
      otherChannel.advanceTimeBy(STEP, TimeUnit.NANOSECONDS);
      otherChannel.runPendingTasks();
    }
  }
}
