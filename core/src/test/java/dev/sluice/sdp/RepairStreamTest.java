package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Agreeing on forward error correction (FlexFEC-03). */
class RepairStreamTest {
  private static final LocalTrack PROTECTED = Locals.VIDEO.withFec(0x7FFF_FFFF);

  @Test
  void shouldDescribeTheRepairStreamOfAPicture() throws Exception {
    Negotiation negotiation = answer(Offers.CHROMIUM, PROTECTED, Locals.AUDIO);
    NegotiatedTrack video = negotiation.tracks().get(0);
    assertThat(video.fecPayloadType()).isEqualTo(49);
    assertThat(negotiation.answer())
        .contains(
            "m=video 9 UDP/TLS/RTP/SAVPF 108 109 49\r\n",
            "a=rtpmap:49 flexfec-03/90000\r\n",
            "a=fmtp:49 repair-window=500000\r\n",
            "a=ssrc-group:FID 4294967294 4294967295\r\n",
            "a=ssrc-group:FEC-FR 4294967294 2147483647\r\n",
            "a=ssrc:2147483647 cname:cname\r\n");
    assertThat(negotiation.tracks().get(1).hasFec()).as("sound").isFalse();
  }

  @Test
  void shouldAgreeOnNoneUnlessBothSidesWantIt() throws Exception {
    for (Negotiation negotiation :
        new Negotiation[] {
          answer(Offers.CHROMIUM, Locals.VIDEO), answer(Offers.FIREFOX, PROTECTED)
        }) {
      assertThat(negotiation.tracks().get(0).hasFec()).isFalse();
      assertThat(negotiation.answer()).doesNotContain("flexfec", "FEC-FR");
    }
  }

  private static Negotiation answer(Offers offer, LocalTrack... tracks) throws Exception {
    return Answerer.answer(SessionDescription.parse(offer.text()), Locals.with(tracks));
  }
}
