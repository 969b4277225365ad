package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where packets have transport-wide sequence numbers. */
class TransportSequenceTest {

  @Test
  void shouldNumberPacketsTransportWideWhereRepeatsArePacketsOfTheirOwn() throws Exception {
    String offer = Offers.CHROMIUM.text();

    assertThat(transportSequenceIds(offer)).containsExactly(4, 4);
    assertThat(transportSequenceIds(offer.replace("a=fmtp:109 apt=108", "a=fmtp:109 apt=102")))
        .as("without RTX, and sound that is never repeated")
        .containsExactly(-1, 4);
    assertThat(transportSequenceIds(offer.replace("a=rtcp-fb:108 nack\r\n", "")))
        .as("without NACK")
        .containsExactly(-1, 4);
    assertThat(transportSequenceIds(offer.replace("a=rtcp-fb:108 transport-cc\r\n", "")))
        .as("without feedback")
        .containsExactly(-1, 4);
    assertThat(
            transportSequenceIds(
                offer.replace(
                    "a=rtcp-fb:111 transport-cc",
                    "a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:111 nack")))
        .as("sound that is repeated as it was")
        .containsExactly(4, -1);
  }

  private static List<Integer> transportSequenceIds(String offer) throws Exception {
    Negotiation negotiation =
        Answerer.answer(
            SessionDescription.parse(offer),
            Locals.countingTransportWide(Locals.VIDEO, Locals.AUDIO));
    List<Integer> ids =
        negotiation.tracks().stream().map(NegotiatedTrack::transportSequenceId).toList();
    long used = ids.stream().filter(id -> id > 0).count();
    String answer = negotiation.answer();
    assertThat(answer.split(" transport-cc\r\n", -1)).hasSize((int) used + 1);
    assertThat(answer.split(HeaderExtension.TRANSPORT_CC + "\r\n", -1)).hasSize((int) used + 1);
    return ids;
  }
}
