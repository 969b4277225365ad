package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TrackDescription;
import dev.sluice.receive.RecordingSinks;
import dev.sluice.rtcp.MessageType;
import org.junit.jupiter.api.Test;

/** Peers that offer several encodings of one picture (RFC 8853). */
class SimulcastTest extends IngestHarness {

  @Override
  String offered(String offer) {
    return simulcast(offer);
  }

  /** the offer with three encodings of its picture */
  static String simulcast(String offer) {
    return offer.replaceFirst(
        "a=sendonly\n",
        "a=sendonly\na=rid:h send\na=rid:m send\na=rid:l send\na=simulcast:send h;m;l\n");
  }

  @Test
  void shouldTakeAllEncodingsAndSaySo() {
    assertThat(ingest.answer())
        .contains("a=rid:h recv\r\n", "a=rid:l recv\r\n", "a=simulcast:recv h;m;l\r\n");
  }

  @Test
  void shouldPublishTheFirstWithTheSoundAndTheOthersAsRenditions() throws Exception {
    connect();
    assertThat(sink().tracks)
        .extracting(TrackDescription::name)
        .containsExactlyInAnyOrder("video", "audio");
    assertThat(sink().context.rendition()).isEqualTo("h");
    assertThat(renditions.opened)
        .extracting(opened -> opened.context.rendition())
        .containsExactly("m", "l");
    assertThat(renditions.opened).allMatch(opened -> opened.tracks.size() == 1);
  }

  @Test
  void shouldTellEncodingsApartByTheirNameAndThenByTheirSource() throws Exception {
    connect();
    for (int i = 0; i < 10; i++) {
      boolean named = i < 5;
      send(peer.packet(PublishingPeer.VIDEO, 5, i, "0", named ? "l" : "", (byte) 1));
      send(peer.packet(PublishingPeer.VIDEO, 6, 100 + i, "0", named ? "h" : "", (byte) 2));
    }
    assertThat(sink().sequenceNumbers(0)).hasSize(10).allMatch(number -> number >= 100);
    assertThat(rendition("l").sequenceNumbers(0)).hasSize(10).allMatch(number -> number < 10);
    assertThat(rendition("m").packets).isEmpty();
  }

  @Test
  void shouldDropWhatBelongsToNoEncoding() throws Exception {
    connect();
    send(peer.packet(PublishingPeer.VIDEO, 7, 1, "0", "x", (byte) 1));
    send(peer.packet(PublishingPeer.VIDEO, 8, 1, "0", "", (byte) 1));
    assertThat(sink().packets).isEmpty();
    assertThat(renditions.opened).allMatch(opened -> opened.packets.isEmpty());
  }

  @Test
  void shouldAskForAKeyframeOfTheEncodingThatIsWanted() throws Exception {
    connect();
    send(peer.packet(PublishingPeer.VIDEO, 5, 1, "0", "l", (byte) 1));
    send(peer.packet(PublishingPeer.VIDEO, 6, 1, "0", "h", (byte) 1));
    rendition("l").keyframeRequest.run();
    channel.runPendingTasks();
    assertThat(feedback(10 * MILLISECOND))
        .filteredOn(message -> message.type() == MessageType.PICTURE_LOSS_INDICATION)
        .singleElement()
        .satisfies(message -> assertThat(message.bytes()[11]).isEqualTo((byte) 5));
  }

  @Test
  void shouldGoOnWithoutARenditionThatIsEndedAndEndWithItsOwnPublication() throws Exception {
    connect();
    rendition("m").superseded = true;
    send(peer.packet(PublishingPeer.VIDEO, 6, 1, "0", "h", (byte) 1));
    assertThat(events.happened).doesNotContain("REPLACED");
    sink().superseded = true;
    send(peer.packet(PublishingPeer.VIDEO, 6, 2, "0", "h", (byte) 1));
    channel.runPendingTasks();
    assertThat(events.happened).contains("REPLACED");
    assertThat(renditions.opened).allMatch(opened -> opened.closed);
  }

  private RecordingSinks.Sink rendition(String rid) {
    return renditions.opened.stream()
        .filter(opened -> opened.context.rendition().equals(rid))
        .findFirst()
        .orElseThrow();
  }
}
