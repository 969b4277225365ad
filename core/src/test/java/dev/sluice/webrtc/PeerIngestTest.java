package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the session of a peer that publishes ends. */
class PeerIngestTest extends IngestHarness {

  @Test
  void shouldEndWhenAnotherPublisherTakesTheStreamOver() throws Exception {
    connect();
    sink().superseded = true;
    pass(2 * STEP);
    assertThat(events.happened).containsExactly("cam", "REPLACED");
    assertThat(ingest.isClosed()).isTrue();
    assertThat(loop.sessions()).isZero();
  }

  @Test
  void shouldEndTheMediaWhenThePeerSaysGoodbye() throws Exception {
    connect();
    inject(dtls.goodbye(), PEER);
    assertThat(events.happened).containsExactly("cam", "CLOSED_BY_PEER");
    assertThat(sink().closed).isTrue();
  }

  @Test
  void shouldEndTheMediaWhenThePeerFallsSilent() throws Exception {
    connect();
    pass(CONSENT_TIMEOUT + STEP);
    assertThat(events.happened).containsExactly("cam", "CONSENT_LOST");
    assertThat(sink().closed).isTrue();
    received();
    assertThat(nothingMore()).isEmpty();
  }

  @Test
  void shouldEndTheMediaWhenItIsClosed() throws Exception {
    connect();
    ingest.close();
    channel.runPendingTasks();
    assertThat(events.happened).containsExactly("cam", "CLOSED_BY_HOST");
    assertThat(sink().closed).isTrue();
    sink().keyframeRequest.run();
    received();
    assertThat(nothingMore()).isEmpty();
  }

  @Test
  void shouldPublishNothingWhenThePeerNeverConnects() {
    check(PEER, true);
    pass(11 * SECOND);
    pass(CONNECT_TIMEOUT);
    assertThat(events.happened).containsExactly("CONNECT_TIMEOUT");
    assertThat(sinks.opened).isEmpty();
  }

  @Test
  void shouldEndWhenTheStreamCannotBePublished() throws Exception {
    sinks.refusing = true;
    connect();
    assertThat(events.happened).containsExactly("FAILED");
    assertThat(loop.sessions()).isZero();
  }
}
