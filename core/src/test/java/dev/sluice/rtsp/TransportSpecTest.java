package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportSpecTest {
  private static final int NONE = TransportSpec.NONE;

  private static TransportSpec tcp(int rtp, int rtcp) {
    return new TransportSpec(true, rtp, rtcp);
  }

  private static TransportSpec udp(int rtp, int rtcp) {
    return new TransportSpec(false, rtp, rtcp);
  }

  @Test
  void shouldReadWhatEncodersSend() {
    assertThat(
            TransportSpec.parse(
                "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record", TransportSpec.RECORD))
        .containsExactly(tcp(0, 1));
    assertThat(
            TransportSpec.parse(
                "RTP/AVP/UDP;unicast;client_port=24886-24887;mode=record", TransportSpec.RECORD))
        .containsExactly(udp(24_886, 24_887));
    assertThat(
            TransportSpec.parse(
                "RTP/AVP;unicast;client_port=4588;mode=\"RECORD\";append", TransportSpec.RECORD))
        .containsExactly(udp(4_588, NONE));
    assertThat(
            TransportSpec.parse(
                " rtp/avp ; unicast ; Mode = Receive ; ssrc=0A0B0C0D", TransportSpec.RECORD))
        .containsExactly(udp(NONE, NONE));
    assertThat(
            TransportSpec.parse(
                "RTP/AVP;unicast;client_port=5000-5001;destination=10.0.0.1", TransportSpec.RECORD))
        .as("the destination is where the connection comes from")
        .containsExactly(udp(5_000, 5_001));
  }

  @Test
  void shouldKeepTheClientsOrderOfAlternatives() {
    assertThat(
            TransportSpec.parse(
                "RTP/AVP;multicast;ttl=127;mode=\"PLAY\","
                    + "RTP/AVP/TCP;interleaved=2-3;mode=\"PLAY,RECORD\","
                    + "RTP/SAVP;unicast;client_port=1-2,"
                    + "RTP/AVP;unicast;client_port=3456-3457;mode=RECORD",
                TransportSpec.RECORD))
        .containsExactly(tcp(2, 3), udp(3_456, 3_457));
  }

  @Test
  void shouldLeaveOutWhatCannotBeServed() {
    for (String header :
        List.of(
            "",
            ",",
            ";;",
            "RTP",
            "RAW/RAW/UDP;unicast",
            "RTP/AVP/TCP;interleaved=0-1;mode=play",
            "RTP/AVP/TCP;interleaved=",
            "RTP/AVP/TCP;interleaved",
            "RTP/AVP/TCP;interleaved=-1",
            "RTP/AVP/TCP;interleaved=1-",
            "RTP/AVP/TCP;interleaved=1-1",
            "RTP/AVP/TCP;interleaved=a-b",
            "RTP/AVP/TCP;interleaved=0-256",
            "RTP/AVP/TCP;interleaved=255",
            "RTP/AVP;client_port=0-1",
            "RTP/AVP;client_port=65535",
            "RTP/AVP;client_port=65536-65537",
            "RTP/AVP;client_port=99999999999-1",
            "RTP/AVP;client_port=\u0661-2",
            "RTP/AVP;client_port=1;mode=\"play")) {
      assertThat(TransportSpec.parse(header, TransportSpec.RECORD)).as(header).isEmpty();
    }
  }

  @Test
  void shouldSurviveAnything() {
    String alphabet = "RTP/AVCU;,=-\"01 modeclintrvad_p";
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder header = new StringBuilder(random.nextBoolean() ? "RTP/AVP/TCP;" : "");
      for (int i = random.nextInt(60); i > 0; i--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      for (TransportSpec spec : TransportSpec.parse(header.toString(), TransportSpec.RECORD)) {
        assertThat(spec.rtcpOrNext()).isBetween(NONE, 65_535);
      }
    }
  }
}
