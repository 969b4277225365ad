package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.BitrateListener;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.ReceiverEstimatedMaxBitrate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that are asked to send less. */
class BitrateLimitTest extends IngestHarness {
  private static final long NO_LIMIT = 999_997_440;

  private boolean simulcast;
  private boolean understands = true;

  @Override
  String offered(String offer) {
    String remb =
        understands
            ? offer.replace("a=rtcp-fb:96 nack\n", "a=rtcp-fb:96 nack\na=rtcp-fb:96 goog-remb\n")
            : offer;
    return simulcast
        ? remb.replaceFirst(
            "a=sendonly\n", "a=sendonly\na=rid:h send\na=rid:l send\na=simulcast:send h;l\n")
        : remb;
  }

  private List<Long> limits(long nanos) {
    return feedback(nanos).stream()
        .filter(message -> message.type() == MessageType.RECEIVER_ESTIMATED_MAX_BITRATE)
        .map(message -> ReceiverEstimatedMaxBitrate.bitrate(message.bytes(), 0))
        .toList();
  }

  @Test
  void shouldAgreeOnItAndSayNothingWhileThereIsNoLimit() throws Exception {
    connect();
    video(1);
    assertThat(ingest.answer()).contains("a=rtcp-fb:96 goog-remb\r\n");
    assertThat(limits(3 * SECOND)).isEmpty();
  }

  @Test
  void shouldSayALimitSoonAndAgainEachSecond() throws Exception {
    connect();
    video(1);
    sink().bitrateHint.accept(750_000);
    assertThat(limits(60 * MILLISECOND)).containsExactly(750_000L);
    assertThat(limits(2 * SECOND)).hasSize(2).containsOnly(750_000L);
    sink().bitrateHint.accept(500_000);
    assertThat(limits(60 * MILLISECOND)).containsExactly(500_000L);
  }

  @Test
  void shouldSayAgainAndAgainThatThereIsNoLimitAnyMore() throws Exception {
    connect();
    video(1);
    sink().bitrateHint.accept(500_000);
    limits(100 * MILLISECOND);
    sink().bitrateHint.accept(BitrateListener.UNLIMITED);
    assertThat(limits(2 * SECOND)).hasSizeBetween(2, 3).containsOnly(NO_LIMIT);
  }

  @Test
  void shouldNameTheSourcesThatAreKnown() throws Exception {
    connect();
    video(1);
    sink().bitrateHint.accept(500_000);
    assertThat(feedback(60 * MILLISECOND))
        .filteredOn(message -> message.type() == MessageType.RECEIVER_ESTIMATED_MAX_BITRATE)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(ReceiverEstimatedMaxBitrate.ssrcCount(message.bytes(), 0)).isEqualTo(1);
              assertThat(ReceiverEstimatedMaxBitrate.ssrc(message.bytes(), 0, 0)).isEqualTo(1);
            });
  }

  @Test
  void shouldNotSayItToAPeerThatDoesNotKnowIt() throws Exception {
    reopen(false, false);
    video(1);
    sink().bitrateHint.accept(500_000);
    assertThat(ingest.answer()).doesNotContain("goog-remb");
    assertThat(limits(2 * SECOND)).isEmpty();
  }

  @Test
  void shouldLimitAllEncodingsOfSimulcastTogetherOrNone() throws Exception {
    reopen(true, true);
    sink().bitrateHint.accept(1_000_000);
    assertThat(limits(2 * SECOND)).isEmpty();
    renditions.first().bitrateHint.accept(250_000);
    assertThat(limits(60 * MILLISECOND)).containsExactly(1_250_000L);
  }

  private void reopen(boolean several, boolean knows) throws Exception {
    simulcast = several;
    understands = knows;
    sinks.opened.clear();
    openSession();
    connect();
  }
}
