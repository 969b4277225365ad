package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 6184 section 8.1, sprop-parameter-sets. */
class SpropParameterSetsTest {

  @Test
  void shouldParseWhatItFormats() {
    List<byte[]> sets = List.of(Nals.sps(0), Nals.pps(0, 0), Nals.pps(1, 0, 40));

    assertThat(SpropParameterSets.parse(SpropParameterSets.format(sets)))
        .containsExactlyElementsOf(sets);
  }

  @Test
  void shouldParseWhatFfmpegAnnounces() {
    List<byte[]> sets = SpropParameterSets.parse("Z2QADazZQUH7ARAAAAMAEAAAAwPA8UKZYA==,aOvghLIs");

    assertThat(sets).extracting(nal -> NalUnit.type(nal[0])).containsExactly(7, 8);
    assertThat(SequenceParameterSet.parse(sets.get(0)))
        .isEqualTo(new SequenceParameterSet(new ProfileLevelId(0x64, 0, 13), 0, 320, 240));
  }

  @Test
  void shouldAcceptSpacesAndMissingPadding() {
    assertThat(SpropParameterSets.parse(" Z2QADazZQUH7ARAAAAMAEAAAAwPA8UKZYA , aOvghLIs "))
        .hasSize(2);
  }

  @Test
  void shouldLeaveOutWhatIsNoParameterSet() {
    assertThat(SpropParameterSets.parse("")).isEmpty();
    assertThat(SpropParameterSets.parse(",,")).isEmpty();
    assertThat(SpropParameterSets.parse("%%%,aOvghLIs,Zw==,ZWVlZQ==")).hasSize(1);
  }

  @Test
  void shouldBoundWhatItReturns() {
    assertThat(SpropParameterSets.parse("aOvghLIs,".repeat(10_000))).hasSize(64);
  }

  @Test
  void shouldSurviveRandomCharacters() {
    Random random = new Random(1);
    String characters = "aOvghLIsZ2QA=,+/- \u0100";
    for (int round = 0; round < 10_000; round++) {
      StringBuilder value = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        value.append(characters.charAt(random.nextInt(characters.length())));
      }
      assertThat(SpropParameterSets.parse(value.toString())).allMatch(nal -> nal.length > 1);
    }
  }
}
