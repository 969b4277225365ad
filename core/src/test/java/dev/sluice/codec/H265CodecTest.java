package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.h265.H265Profile;
import dev.sluice.sdp.PayloadFormat;
import dev.sluice.sdp.SdpException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class H265CodecTest {

  private static final String MAIN = "level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST";
  private static final String MAIN_HIGH_LEVEL = "level-id=180;profile-id=1;tier-flag=0";
  private static final String MAIN_10 = "level-id=180;profile-id=2;tier-flag=0;tx-mode=SRST";
  private static final String HIGH_TIER = "level-id=180;profile-id=1;tier-flag=1";

  private final CodecFormat format = Codec.H265.format();

  @Test
  void shouldReadAnnouncementsWithTheirParameterSets() throws SdpException {
    byte[] set = {0x40, 1, 2};
    String encoded = Base64.getEncoder().encodeToString(set);
    CodecParameters parameters =
        parse("sprop-vps=" + encoded + "; sprop-sps=" + encoded + ",?; sprop-pps=" + encoded);

    assertThat(parameters).isInstanceOf(H265Parameters.class);
    assertThat(((H265Parameters) parameters).parameterSets()).hasSize(3).contains(set);
    assertThat(((H265Parameters) Objects.requireNonNull(parse(""))).parameterSets()).isEmpty();
  }

  @Test
  void shouldTakeParameterSetsOnlyAndNotTooMany() throws SdpException {
    String others = "sprop-vps=,,QAEC;sprop-sps=Zw==,aOvghLIs,QgE=;sprop-pps=%%%,TgEC";
    String many = "sprop-vps=" + "QAEC,".repeat(1_000);

    assertThat(((H265Parameters) Objects.requireNonNull(parse(others))).parameterSets()).hasSize(1);
    assertThat(((H265Parameters) Objects.requireNonNull(parse(many))).parameterSets()).hasSize(64);
  }

  @Test
  void shouldDescribeWhatItReads() throws SdpException {
    String fmtp = "sprop-vps=QAEC;sprop-sps=QgEC,QgED;sprop-pps=RAEC";

    assertThat(format.describe(Objects.requireNonNull(parse(fmtp))))
        .containsExactly(Map.entry("rtpmap", "H265/90000"), Map.entry("fmtp", fmtp));
    assertThat(format.describe(format.defaults())).containsOnlyKeys("rtpmap");
  }

  @Test
  void shouldRefuseSeveralStreamsAndOrdersOfTheirOwn() throws SdpException {
    assertThat(parse("tx-mode=MRST")).isNull();
    assertThat(parse("sprop-max-don-diff=2")).isNull();
    assertThat(format.parse(Offered.each("H264/90000", "").get(0))).isNull();
  }

  @Test
  void shouldTakeAFormatWhoseDecodersDecodeTheSource() throws SdpException {
    H265Profile main = new H265Profile(1, 0, 120);

    assertThat(choose(main, MAIN_10, MAIN)).isEqualTo(MAIN);
    assertThat(choose(main, MAIN_10)).isEqualTo(MAIN_10);
    assertThat(choose(main, HIGH_TIER)).isEqualTo(HIGH_TIER);
    assertThat(choose(main, MAIN, MAIN_HIGH_LEVEL)).as("level").isEqualTo(MAIN_HIGH_LEVEL);
    assertThat(choose(main, "")).as("Main by default").isEmpty();
    assertThat(choose(new H265Profile(2, 0, 93), MAIN, MAIN_10)).isEqualTo(MAIN_10);
  }

  @Test
  void shouldRefuseWhatDoesNotDecodeTheSource() throws SdpException {
    assertThat(choose(new H265Profile(2, 0, 93), MAIN)).isNull();
    assertThat(choose(new H265Profile(1, 1, 93), MAIN)).isNull();
    assertThat(choose(new H265Profile(1, 0, 93), "profile-id=x")).isNull();
    assertThat(choose(null, "tx-mode=MRST")).isNull();
    assertThat(new H265Codec.Choice(new H265Profile(2, 0, 93)).wanted())
        .isEqualTo("H265/90000 with profile-id=2;tier-flag=0");
  }

  @Test
  void shouldTakeTheFirstWhenTheSourceIsNotKnownAndRepeatItsParameters() throws SdpException {
    PayloadFormat offered = Offered.each("H265/90000", MAIN_10).get(0);

    assertThat(choose(null, MAIN_10, MAIN)).isEqualTo(MAIN_10);
    assertThat(new H265Codec.Choice(null).parameters(offered)).isEqualTo(MAIN_10);
  }

  @Test
  void shouldNotRepeatWhatTheViewerSaysOfItsOwnMedia() throws SdpException {
    PayloadFormat offered =
        Offered.each("H265/90000", MAIN_10 + ";sprop-vps=QAEC; sprop-sps=QgEC").get(0);

    assertThat(new H265Codec.Choice(null).parameters(offered)).isEqualTo(MAIN_10);
  }

  private @Nullable CodecParameters parse(String fmtp) throws SdpException {
    return format.parse(Offered.each("H265/90000", fmtp).get(0));
  }

  private static @Nullable String choose(@Nullable H265Profile source, String... offered)
      throws SdpException {
    return Offered.choose(new H265Codec.Choice(source), "H265/90000", offered);
  }
}
