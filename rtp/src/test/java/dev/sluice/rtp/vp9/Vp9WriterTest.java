package dev.sluice.rtp.vp9;

import static org.assertj.core.api.Assertions.assertThat;

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

class Vp9WriterTest {

  private static final int MAX_PAYLOAD = 100;
  private static final int KEY = 0x82;
  private static final int INTER = 0x86;
  private static final int INTRA_ONLY = 0x84;

  private final PayloadRecorder log = new PayloadRecorder();
  private final Vp9Writer writer = new Vp9Writer(log, MAX_PAYLOAD);

  @Test
  void shouldPassPayloadsThatFitAsTheyAre() {
    Payload first = Payload.of("88 01 82aabb", 0, false);
    Payload second = Payload.of("84 01 ccdd", 0, true);
    Payload.feed(writer, List.of(first, second));

    assertThat(log.payloads()).containsExactly(first.bytes(), second.bytes());
    assertThat(log.markers()).containsExactly(false, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
  }

  @Test
  void shouldTellKeyframesAndProfilesByTheFrameHeader() {
    assertThat(writer.profile()).isEqualTo(Vp9Writer.UNKNOWN_PROFILE);
    Payload.feed(
        writer,
        List.of(
            Payload.of("0c 84aa", 0, true), // intra-only
            Payload.of("04 82aa", 3000, true), // begins no frame
            Payload.of("0c 8aaa", 6000, true), // shows another one
            Payload.of("0c 92aa", 9000, true), // profile 2
            Payload.of("0c b1aa", 12000, true))); // profile 3

    assertThat(log.keyframes)
        .containsExactly(log.packets.get(3).position(), log.packets.get(4).position());
    assertThat(writer.profile()).isEqualTo(3);
  }

  @Test
  void shouldStartAtTheLowestSpatialLayerOnly() {
    Payload.feed(
        writer,
        List.of(
            Payload.of("ac 01 00 05 82aa", 0, false), // SID 0
            Payload.of("ac 01 03 05 82aa", 0, true), // SID 1, refers to the layer below
            Payload.of("ec 02 42 06 86aa", 3000, true))); // TID 2, SID 1

    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(log.packets)
        .extracting(packet -> log.marks(packet.position()))
        .containsExactly(
            PictureMarks.layer(0, 0), PictureMarks.layer(0, 1), PictureMarks.layer(2, 1));
  }

  @Test
  void shouldCutFramesIntoFullPacketsWithBeginAndEnd() {
    byte[] frame = frame(INTER, 500);
    Payload.feed(writer, payloads("d0 ff02 02", frame, 0, 150)); // flexible, one reference

    assertThat(log.packets).hasSize(6);
    assertThat(log.payloads()).allMatch(p -> p[1] == -1 && p[2] == 2 && p[3] == 2);
    assertThat(log.packets)
        .extracting(packet -> packet.payload()[0] & 0xFF)
        .containsExactly(0xd8, 0xd0, 0xd0, 0xd0, 0xd0, 0xd4);
    assertThat(log.packets.subList(0, 5)).allMatch(packet -> packet.payload().length == 100);
    assertThat(join(log, 4)).isEqualTo(frame);
    assertThat(log.markers()).containsExactly(false, false, false, false, false, true);
  }

  @Test
  void shouldKeepTheLayersOfAPictureApart() {
    Payload.feed(
        writer,
        List.of(
            Payload.of("ac 01 00 05", frame(KEY, 150), 0, false),
            Payload.of("ac 01 03 05", frame(KEY, 150), 0, true)));

    assertThat(log.packets)
        .extracting(packet -> packet.payload()[0] & 0xFF)
        .containsExactly(0xa8, 0xa4, 0xa8, 0xa4);
    assertThat(log.markers()).containsExactly(false, false, false, true);
  }

  @Test
  void shouldHaveTheScalabilityStructureInTheFirstPacketOnly() {
    String structure = "18 0280 01e0 01 04 01"; // one size, one picture that refers to one
    byte[] frame = frame(KEY, 250);
    Payload.of("0e" + structure, frame, 0, true).feed(writer);

    byte[] front = Payload.of("0a" + structure, 0, false).bytes();
    assertThat(log.packets.get(0).payload()).startsWith(front);
    assertThat(log.packets.get(1).payload()[0]).isEqualTo((byte) 0);
    assertThat(log.last().payload()[0]).isEqualTo((byte) 4);
    int bytes = log.packets.stream().mapToInt(packet -> packet.payload().length).sum();
    assertThat(bytes).isEqualTo(front.length + 250 + 2);
  }

  @Test
  void shouldCorrectSourcesThatClaimEveryFrameToBeIntra() {
    Payload.feed(writer, payloads("00", frame(INTER, 150), 0, 60));
    Payload.feed(writer, payloads("00", frame(INTER, 150), 3000, 150));
    Payload.feed(writer, payloads("00", frame(INTRA_ONLY, 50), 6000, 60));
    Payload.feed(writer, payloads("00", frame(KEY, 50), 9000, 60));

    assertThat(log.packets)
        .extracting(packet -> packet.payload()[0] & 0x40)
        .containsExactly(0x40, 0x40, 0x40, 0x40, 0x40, 0, 0);
  }

  @Test
  void shouldShowLossAndDropWhatIsOpen() {
    Payload.of("08", frame(KEY, 150), 0, false).feed(writer);
    Payload.of("04", frame(KEY, 50), 0, true).afterLoss().feed(writer);

    assertThat(log.packets).hasSize(2);
    assertThat(log.hasGapBetween(log.packets.get(0).position(), log.last().position())).isTrue();
  }

  @Test
  void shouldEndAFrameWhoseEndTheSourceDidNotMark() {
    Payload.of("08", frame(KEY, 150), 0, false).feed(writer);
    Payload.of("48", frame(INTER, 20), 3000, false).feed(writer);

    assertThat(log.markers()).containsExactly(false, true, false);
    assertThat(log.packets.get(1).payload()[0]).isEqualTo((byte) 4);
  }

  @Test
  void shouldDropPayloadsThatEndWithinTheirDescriptor() {
    List<String> malformed =
        List.of("88", "88 80 01", "a0 01 00", "d0 01 03 05", "02 10", "02 08 01", "02 08 ff 04 01");
    malformed.forEach(payload -> Payload.of(payload, 0, false).feed(writer));

    assertThat(log.packets).isEmpty();
    assertThat(writer.malformed()).isEqualTo(malformed.size());
  }

  @Test
  void shouldWriteFramesOfAHost() {
    byte[] key = frame(KEY, 250);
    byte[] inter = frame(INTER, 50);

    assertThat(writer.frame(ByteBuffer.wrap(key), 0)).isTrue();
    assertThat(writer.frame(ByteBuffer.wrap(inter), 3000)).isTrue();
    assertThat(log.packets)
        .extracting(packet -> (int) packet.payload()[0])
        .containsExactly(0x08, 0x00, 0x04, 0x4c);
    assertThat(log.markers()).containsExactly(false, false, true, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(writer.frame(ByteBuffer.wrap(new byte[5]), 6000)).as("no frame marker").isFalse();
    assertThat(writer.frame(ByteBuffer.allocate(0), 6000)).isFalse();
  }

  @Test
  void shouldDeliverEveryByteOfRandomFrames() {
    for (int run = 0; run < 300; run++) {
      Random random = new Random(run);
      PayloadRecorder recorder = new PayloadRecorder();
      Vp9Writer each = new Vp9Writer(recorder, 32 + random.nextInt(200));
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (int i = 0; i < 10; i++) {
        byte[] frame = frame(random.nextBoolean() ? KEY : INTER, 1 + random.nextInt(1000));
        sent.writeBytes(frame);
        Payload.feed(each, payloads("e0 8001 02 33", frame, i * 3000, 1 + random.nextInt(400)));
      }
      assertThat(join(recorder, 5)).isEqualTo(sent.toByteArray());
      assertThat(recorder.gaps).isEmpty();
      assertThat(recorder.packets.stream().filter(packet -> (packet.payload()[0] & 8) != 0))
          .hasSize(10);
      assertThat(recorder.packets.stream().filter(packet -> (packet.payload()[0] & 4) != 0))
          .hasSize(10)
          .allMatch(PayloadRecorder.Packet::marker);
    }
  }

  @Test
  void shouldRelayWhatABrowserSends() {
    List<Payload> sent = Capture.read("vp9.pcap");
    Payload.feed(writer, sent);
    writer.end();

    assertThat(join(log, 3)).isEqualTo(join(sent, 3));
    assertThat(writer.malformed()).isZero();
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldSurviveDamage() {
    WriterTrials.assertSurvivesDamage(Vp9Writer::new, Capture.read("vp9.pcap"));
    WriterTrials.assertSurvivesDamage(
        Vp9Writer::new, List.of(Payload.of("fe 8001 02 02 38 0280 01e0 02 04 01 00", 0, true)));
  }

  @Test
  void shouldAllocateNothing() {
    WriterTrials.assertAllocatesNothing(
        Vp9Writer::new, MAX_PAYLOAD, payloads("80 22", frame(KEY, 500), 0, 150));
  }

  private static byte[] frame(int header, int length) {
    byte[] frame = new byte[length];
    new Random(length).nextBytes(frame);
    frame[0] = (byte) header;
    return frame;
  }

  /** a frame in payloads of one size, of which the first begins and the last ends it */
  private static List<Payload> payloads(String descriptor, byte[] frame, int timestamp, int size) {
    List<Payload> payloads = Payload.split(descriptor, frame, timestamp, size);
    payloads.get(0).bytes()[0] |= 0x08;
    payloads.get(payloads.size() - 1).bytes()[0] |= 0x04;
    return payloads;
  }

  private static byte[] join(PayloadRecorder recorder, int descriptorBytes) {
    return join(
        recorder.payloads().stream().map(p -> new Payload(p, 0, false, false)).toList(),
        descriptorBytes);
  }

  /** what follows the descriptors */
  private static byte[] join(List<Payload> payloads, int descriptorBytes) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Payload payload : payloads) {
      int length = payload.bytes().length - descriptorBytes;
      joined.write(payload.bytes(), descriptorBytes, length);
    }
    return joined.toByteArray();
  }
}
