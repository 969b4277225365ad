package dev.sluice.rtp.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.Payload;
import dev.sluice.rtp.PayloadRecorder;
import dev.sluice.rtp.WriterTrials;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleWriterTest {

  private final PayloadRecorder log = new PayloadRecorder();
  private final SampleWriter writer = new SampleWriter(log, 100);

  @Test
  void shouldPassPayloadsThatFitAsTheyAre() {
    Payload payload = Payload.of("d5d5d5", 160, true);
    payload.feed(writer);

    assertThat(log.payloads()).containsExactly(payload.bytes());
    assertThat(log.last().timestamp()).isEqualTo(160);
    assertThat(log.last().marker()).isTrue();
  }

  @Test
  void shouldCutBetweenSamplesWithTheTimeOfEachPiece() {
    byte[] samples = samples(240);
    new Payload(samples, -50, true, false).feed(writer);

    assertThat(log.packets)
        .extracting(PayloadRecorder.Packet::timestamp)
        .containsExactly(-50, 50, 150);
    assertThat(log.markers()).containsExactly(true, false, false);
    assertThat(log.payloads()).extracting(payload -> payload.length).containsExactly(100, 100, 40);
    assertThat(joined()).isEqualTo(samples);
  }

  @Test
  void shouldShowLossAndIgnoreEmptyPayloads() {
    Payload.of("d5", 0, false).feed(writer);
    Payload.of("", 160, false).feed(writer);
    Payload.of("d5", 320, false).afterLoss().feed(writer);

    assertThat(log.packets).hasSize(2);
    assertThat(log.gaps).hasSize(1);
  }

  @Test
  void shouldWriteWhatAHostHas() {
    byte[] samples = samples(160);

    assertThat(writer.frame(ByteBuffer.wrap(samples), 0)).isTrue();
    assertThat(writer.frame(ByteBuffer.allocate(0), 160)).isFalse();
    assertThat(joined()).isEqualTo(samples);
  }

  @Test
  void shouldSurviveDamage() {
    WriterTrials.assertSurvivesDamage(
        SampleWriter::new, List.of(new Payload(samples(160), 0, false, false)));
  }

  @Test
  void shouldAllocateNothing() {
    WriterTrials.assertAllocatesNothing(
        SampleWriter::new, 100, List.of(new Payload(samples(160), 0, false, false)));
  }

  private byte[] joined() {
    ByteBuffer joined = ByteBuffer.allocate(log.payloads().stream().mapToInt(p -> p.length).sum());
    log.payloads().forEach(joined::put);
    return joined.array();
  }

  private static byte[] samples(int count) {
    byte[] samples = new byte[count];
    new Random(count).nextBytes(samples);
    return samples;
  }
}
