package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.receive.RecordingSinks;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A recorded session, cut in pieces as TCP may cut it. */
class RtspSplitTest {
  private static final byte[] SESSION = RecordedSession.BYTES;

  /** What came of a session: the responses, and what the sink was given. */
  private record Outcome(String responses, List<String> packets, List<String> reports) {
    static Outcome of(TestPeer peer) {
      RecordingSinks.Sink sink = peer.sinks.first();
      assertThat(sink.closed).isTrue();
      List<String> packets =
          sink.packets.stream()
              .map(p -> p.track() + ":" + p.sequenceNumber() + ":" + Arrays.hashCode(p.payload()))
              .toList();
      Outcome outcome = new Outcome(peer.response(), packets, List.copyOf(sink.senderReports));
      assertThat(peer.statistics().discarded()).isZero();
      assertThat(peer.statistics().malformed()).isZero();
      peer.close();
      return outcome;
    }
  }

  private static Outcome whole() {
    TestPeer peer = RecordedSession.peer();
    peer.send(SESSION);
    return Outcome.of(peer);
  }

  @Test
  void shouldUnderstandTheSessionInOnePiece() {
    Outcome whole = whole();
    assertThat(whole.responses.split("\r\n\r\n"))
        .hasSize(6)
        .allSatisfy(response -> assertThat(response).startsWith("RTSP/1.0 200 OK\r\n"));
    assertThat(whole.packets).hasSize(33);
    assertThat(whole.reports).hasSize(2);
  }

  @Test
  void shouldNotCareWhereTheSessionIsCut() {
    Outcome whole = whole();
    for (int cut = 1; cut < SESSION.length; cut++) {
      TestPeer peer = RecordedSession.peer();
      peer.send(SESSION, 0, cut);
      peer.send(SESSION, cut, SESSION.length - cut);
      assertThat(Outcome.of(peer)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void shouldNotCareHowOftenTheSessionIsCut() {
    Outcome whole = whole();
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      int most = 1 + random.nextInt(round + 1);
      TestPeer peer = RecordedSession.peer();
      for (int sent = 0; sent < SESSION.length; ) {
        int size = Math.min(SESSION.length - sent, 1 + random.nextInt(most));
        peer.send(SESSION, sent, size);
        sent += size;
      }
      assertThat(Outcome.of(peer)).as("round %d", round).isEqualTo(whole);
    }
  }
}
