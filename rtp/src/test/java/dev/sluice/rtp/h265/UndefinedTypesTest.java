package dev.sluice.rtp.h265;

import static dev.sluice.rtp.h265.H265Nals.IDR;
import static dev.sluice.rtp.h265.H265Nals.PPS;
import static dev.sluice.rtp.h265.H265Nals.SPS;
import static dev.sluice.rtp.h265.H265Nals.TRAIL_R;
import static dev.sluice.rtp.h265.H265Nals.VPS;
import static dev.sluice.rtp.h265.H265Nals.aggregate;
import static dev.sluice.rtp.h265.H265Nals.annexB;
import static dev.sluice.rtp.h265.H265Nals.fragments;
import static dev.sluice.rtp.h265.H265Nals.hex;
import static dev.sluice.rtp.h265.H265Nals.nals;
import static dev.sluice.rtp.h265.H265Nals.slice;
import static dev.sluice.rtp.h265.H265Nals.temporal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.Payload;
import dev.sluice.rtp.PayloadRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NAL units of the types 48 to 63, which H.265 leaves to others (table 7-1). */
class UndefinedTypesTest {

  private static final int DOLBY_VISION = 62;
  private static final byte[] FILLER = hex("4c0180");

  private final PayloadRecorder log = new PayloadRecorder();
  private final H265Writer writer = new H265Writer(log, 100, false);
  private final byte[] picture = slice(TRAIL_R, 50);

  @AfterEach
  void shouldNotCountThemAsMissing() {
    assertThat(log.gaps).isEmpty();
    assertThat(writer.malformed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {48, 49, 50, 51, DOLBY_VISION, 63})
  void shouldLeaveThemOutOfAccessUnits(int type) {
    byte[] idr = slice(IDR, 50);
    assertThat(writer.frame(annexB(VPS, SPS, PPS, idr, slice(type, 300)), 0)).isTrue();
    assertThat(writer.frame(annexB(slice(type, 20)), 3000)).isTrue();
    assertThat(writer.frame(annexB(slice(type, 20), picture), 6000)).isTrue();

    assertThat(nals(log)).containsExactly(VPS, SPS, PPS, idr, picture);
    assertThat(log.markers()).containsExactly(false, true, true);
  }

  @Test
  void shouldEndAnAccessUnitThatEndsWithOne() {
    byte[] enhancement = slice(DOLBY_VISION, 300);
    new Payload(picture, 0, false, false).feed(writer);
    new Payload(slice(DOLBY_VISION, 30), 0, true, false).feed(writer);
    new Payload(temporal(slice(TRAIL_R, 20), 2), 3000, false, false).feed(writer);
    Payload.feed(writer, fragments(enhancement, 90, 3000));
    new Payload(picture, 6000, true, false).feed(writer);

    assertThat(log.payloads())
        .containsExactly(
            picture, FILLER, temporal(slice(TRAIL_R, 20), 2), temporal(FILLER.clone(), 2), picture);
    assertThat(log.markers()).containsExactly(false, true, false, true, true);
  }

  @Test
  void shouldEndAnAccessUnitWithAPayloadOfNothing() {
    new Payload(picture, 0, false, false).feed(writer);
    Payload.of("", 0, true).feed(writer);
    Payload.of("", 0, true).feed(writer);
    Payload.of("", 3000, true).feed(writer);

    assertThat(log.payloads()).containsExactly(picture, FILLER);
  }

  @ParameterizedTest
  @ValueSource(ints = {48, 49, 50, DOLBY_VISION})
  void shouldLeaveThemOutOfAggregates(int type) {
    byte[] second = slice(TRAIL_R, 20);
    new Payload(aggregate(picture, second, slice(type, 10)), 0, true, false).feed(writer);
    new Payload(aggregate(slice(type, 10), picture), 3000, true, false).feed(writer);

    assertThat(log.payloads()).containsExactly(picture, second, picture);
    assertThat(log.markers()).containsExactly(false, true, true);
  }

  @Test
  void shouldWriteNothingOfThemWhereThereIsNoPicture() {
    new Payload(VPS, 0, false, false).feed(writer);
    new Payload(slice(DOLBY_VISION, 30), 0, true, false).feed(writer);
    new Payload(slice(DOLBY_VISION, 30), 3000, true, false).feed(writer);
    new Payload(picture, 3000, true, false).feed(writer);

    assertThat(log.payloads()).containsExactly(VPS, picture);
  }
}
