package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.DisconnectReason;
import dev.sluice.ice.IceCredentials;
import dev.sluice.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several sessions whose peers are at one address and port. */
class SharedAddressTest extends PeerHarness {
  @Test
  void shouldGiveAnAddressToTheSessionThatCheckedItLast() throws Exception {
    check(PEER, true);
    handshake();
    Peer before = session;
    openSession();
    check(PEER, true);
    handshake();
    assertThat(events.happened).containsExactly("connected", "connected");
    assertThat(directory.byAddress(PEER)).isSameAs(session);
    assertThat(directory.after(session, PEER)).isSameAs(before);
  }

  @Test
  void shouldTellFeedbackOfSeveralSessionsAtOneAddressApart() throws Exception {
    List<SendingMedia> all = new ArrayList<>();
    List<byte[]> reports = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      openSession();
      check(PEER, true);
      handshake();
      all.add(media);
      reports.add(report(dtls.srtpKeys()));
    }
    for (int i = 0; i < 3; i++) {
      inject(reports.get(i), PEER);
      assertThat(all)
          .extracting(m -> m.statistics(Map.of()).rtcpBytesReceived() > 0)
          .containsOnlyOnce(true);
      assertThat(all.remove(0).statistics(Map.of()).rtcpBytesReceived()).isPositive();
    }
  }

  @Test
  void shouldTellTheGoodbyesOfSeveralSessionsAtOneAddressApart() throws Exception {
    check(PEER, true);
    handshake();
    DtlsClient before = dtls;
    openSession();
    check(PEER, true);
    handshake();
    inject(before.goodbye(), PEER);
    assertThat(events.happened).containsExactly("connected", "connected", "CLOSED_BY_PEER");
    assertThat(directory.byAddress(PEER)).isSameAs(session);
  }

  @Test
  void shouldKeepABoundedNumberOfSessionsAtAnAddress() throws Exception {
    Peer first = session;
    check(PEER, true);
    IceCredentials credentials = local;
    for (int i = 0; i < 20; i++) {
      openSession();
      check(PEER, true);
    }
    assertThat(sessionsAt(PEER)).hasSize(8).doesNotContain(first);
    local = credentials;
    check(PEER, false);
    assertThat(sessionsAt(PEER)).hasSize(8).startsWith(first);
  }

  @Test
  void shouldLeaveANewSessionItsAddressWhenTheOneBeforeEnds() throws Exception {
    check(PEER, true);
    handshake();
    Peer before = session;
    openSession();
    check(PEER, true);
    before.close(DisconnectReason.CLOSED_BY_HOST);
    handshake();
    assertThat(events.happened).containsExactly("connected", "CLOSED_BY_HOST", "connected");
  }

  /** an empty receiver report */
  private static byte[] report(SrtpKeys keys) {
    byte[] packet = new byte[64];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) 201;
    packet[3] = 1;
    packet[7] = 1;
    return encrypted(keys, packet, 8);
  }

  private List<Peer> sessionsAt(InetSocketAddress address) {
    List<Peer> sessions = new ArrayList<>();
    for (Peer s = directory.byAddress(address); s != null; ) {
      sessions.add(s);
      s = directory.after(s, address);
    }
    return sessions;
  }
}
