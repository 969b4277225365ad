package dev.sluice.rtp.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.Capture;
import dev.sluice.rtp.Payload;
import dev.sluice.rtp.PayloadRecorder;
import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.WriterTrials;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Vp8WriterTest {

  private static final int MAX_PAYLOAD = 100;
  private static final int KEY = 0x00;
  private static final int INTER = 0x01;

  private final PayloadRecorder log = new PayloadRecorder();
  private final Vp8Writer writer = new Vp8Writer(log, MAX_PAYLOAD);

  @Test
  void shouldPassPayloadsThatFitAsTheyAre() {
    Payload first = Payload.of("10 00aabb", 0, false);
    Payload second = Payload.of("00 ccdd", 0, true);
    Payload.feed(writer, List.of(first, second));

    assertThat(log.payloads()).containsExactly(first.bytes(), second.bytes());
    assertThat(log.markers()).containsExactly(false, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
  }

  @Test
  void shouldTellKeyframesByTheFrameHeaderOfTheFirstPacketAlone() {
    Payload.feed(
        writer,
        List.of(
            Payload.of("10 01aabb", 0, false),
            Payload.of("00 00aabb", 0, true),
            Payload.of("11 00aabb", 3000, false), // begins a partition that is not the first
            Payload.of("00 00aabb", 3000, true)));

    assertThat(log.keyframes).isEmpty();
  }

  @Test
  void shouldCutWhatIsTooLargeIntoFullPacketsAcrossPayloads() {
    byte[] frame = frame(KEY, 500);
    Payload.feed(writer, payloads("90 80 11", frame, 0, 150));

    assertThat(log.packets).extracting(packet -> packet.payload().length).startsWith(100, 100, 100);
    assertThat(log.packets).hasSize(6);
    assertThat(join(log, 3)).isEqualTo(frame);
    assertThat(log.packets.get(0).payload()).startsWith(bytes("90 80 11"));
    assertThat(log.packets.get(1).payload()).startsWith(bytes("80 80 11"));
    assertThat(log.markers()).containsExactly(false, false, false, false, false, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
  }

  @Test
  void shouldKeepPartitionsApart() {
    Payload.feed(
        writer,
        List.of(
            Payload.of("10", frame(INTER, 150), 0, false),
            Payload.of("11", frame(INTER, 150), 0, false),
            Payload.of("12", frame(INTER, 20), 0, true)));

    assertThat(log.packets)
        .extracting(packet -> (int) packet.payload()[0])
        .containsExactly(0x10, 0x00, 0x11, 0x01, 0x12);
    assertThat(log.markers()).containsExactly(false, false, false, false, true);
  }

  @Test
  void shouldMarkTheLastPacketWhereTheSourceForgetsTo() {
    Payload.of("10", frame(INTER, 150), 0, false).feed(writer);
    Payload.of("10", frame(INTER, 20), 3000, false).feed(writer);

    assertThat(log.markers()).containsExactly(false, true, false);
  }

  @Test
  void shouldMarkLayersAndWhatNothingRefersTo() {
    Payload.feed(
        writer,
        List.of(
            Payload.of("90 20 00 01aa", 0, true), // T, TID 0
            Payload.of("b0 e0 8001 07 40 01aa", 3000, true), // N, I with M, L, T, TID 1
            Payload.of("90 10 1f 01aa", 6000, true), // K only
            Payload.of("30 01aa", 9000, true)));

    assertThat(log.packets)
        .extracting(packet -> log.marks(packet.position()))
        .containsExactly(
            PictureMarks.layer(0, 0),
            PictureMarks.layer(1, 0) | PictureMarks.DISPOSABLE,
            PictureMarks.NONE,
            PictureMarks.DISPOSABLE);
  }

  @Test
  void shouldShowLossAndDropWhatIsOpen() {
    Payload.of("10", frame(KEY, 150), 0, false).feed(writer);
    Payload.of("00", frame(KEY, 50), 0, true).afterLoss().feed(writer);

    assertThat(log.packets).hasSize(2);
    assertThat(log.hasGapBetween(log.packets.get(0).position(), log.last().position())).isTrue();
    assertThat(log.last().payload()).hasSize(51).startsWith(bytes("00"));
  }

  @Test
  void shouldDropPayloadsThatEndWithinTheirDescriptor() {
    Payload.feed(
        writer,
        List.of(
            Payload.of("90", 0, false),
            Payload.of("90 80", 0, false),
            Payload.of("90 80 80 01", 0, false),
            Payload.of("10", 0, false)));

    assertThat(log.packets).isEmpty();
    assertThat(writer.malformed()).isEqualTo(4);
  }

  @Test
  void shouldIgnoreEmptyPayloads() {
    Payload.of("", 0, true).feed(writer);

    assertThat(log.packets).isEmpty();
    assertThat(writer.malformed()).isZero();
  }

  @Test
  void shouldWriteFramesOfAHost() {
    byte[] frame = frame(KEY, 250);

    assertThat(writer.frame(ByteBuffer.wrap(frame), 3000)).isTrue();
    assertThat(join(log, 1)).isEqualTo(frame);
    assertThat(log.packets)
        .extracting(packet -> (int) packet.payload()[0])
        .containsExactly(0x10, 0x00, 0x00);
    assertThat(log.markers()).containsExactly(false, false, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(writer.frame(ByteBuffer.wrap(new byte[2]), 6000)).isFalse();
  }

  @Test
  void shouldDeliverEveryByteOfRandomFrames() {
    for (int run = 0; run < 300; run++) {
      Random random = new Random(run);
      PayloadRecorder recorder = new PayloadRecorder();
      Vp8Writer each = new Vp8Writer(recorder, 32 + random.nextInt(200));
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (int i = 0; i < 10; i++) {
        byte[] frame = frame(random.nextInt(2), 1 + random.nextInt(1000));
        random.nextBytes(frame);
        sent.writeBytes(frame);
        Payload.feed(each, payloads("90 80 22", frame, i * 3000, 1 + random.nextInt(400)));
      }
      assertThat(join(recorder, 3)).isEqualTo(sent.toByteArray());
      assertThat(recorder.gaps).isEmpty();
      assertThat(recorder.packets.stream().filter(PayloadRecorder.Packet::marker)).hasSize(10);
    }
  }

  @Test
  void shouldRelayWhatABrowserSends() {
    List<Payload> sent = Capture.read("vp8.pcap");
    Payload.feed(writer, sent);

    assertThat(log.packets.stream().filter(PayloadRecorder.Packet::marker))
        .hasSize((int) sent.stream().filter(Payload::marker).count());
    assertThat(log.keyframes).hasSize(3).startsWith(log.packets.get(0).position());
    assertThat(writer.malformed()).isZero();
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldSurviveDamage() {
    WriterTrials.assertSurvivesDamage(Vp8Writer::new, Capture.read("vp8.pcap"));
  }

  @Test
  void shouldAllocateNothing() {
    WriterTrials.assertAllocatesNothing(
        Vp8Writer::new, MAX_PAYLOAD, payloads("90 80 22", frame(KEY, 500), 0, 150));
  }

  @Test
  void shouldRefuseALimitThatNothingFits() {
    assertThatThrownBy(() -> new Vp8Writer(log, 31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxPayload");
  }

  private static byte[] bytes(String hex) {
    return Payload.of(hex, 0, false).bytes();
  }

  private static byte[] frame(int header, int length) {
    byte[] frame = new byte[length];
    new Random(length).nextBytes(frame);
    frame[0] = (byte) header;
    return frame;
  }

  /** a frame in payloads of one size, of which the first begins it */
  private static List<Payload> payloads(String descriptor, byte[] frame, int timestamp, int size) {
    List<Payload> payloads = Payload.split(descriptor, frame, timestamp, size);
    payloads.stream().skip(1).forEach(payload -> payload.bytes()[0] &= ~0x10);
    return payloads;
  }

  /** what follows the descriptors */
  private static byte[] join(PayloadRecorder recorder, int descriptorBytes) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] payload : recorder.payloads()) {
      joined.write(payload, descriptorBytes, payload.length - descriptorBytes);
    }
    return joined.toByteArray();
  }
}
