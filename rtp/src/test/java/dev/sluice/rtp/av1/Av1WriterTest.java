package dev.sluice.rtp.av1;

import static dev.sluice.rtp.av1.Obus.inter;
import static dev.sluice.rtp.av1.Obus.key;
import static dev.sluice.rtp.av1.Obus.obu;
import static dev.sluice.rtp.av1.Obus.payload;
import static dev.sluice.rtp.av1.Obus.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.Capture;
import dev.sluice.rtp.Payload;
import dev.sluice.rtp.PayloadRecorder;
import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.WriterTrials;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Av1WriterTest {

  private static final int MAX_PAYLOAD = 100;

  private final PayloadRecorder log = new PayloadRecorder();
  private final Av1Writer writer = new Av1Writer(log, MAX_PAYLOAD);

  @Test
  void shouldPassPayloadsThatFitAsTheyAre() {
    byte[] first = payload(true, true, sequence(1), key(40));
    byte[] second = payload(false, false, inter(20), inter(20));
    new Payload(first, 0, true, false).feed(writer);
    new Payload(second, 3000, true, false).feed(writer);

    assertThat(log.payloads()).containsExactly(first, second);
    assertThat(log.markers()).containsExactly(true, true);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
    assertThat(writer.profile()).isEqualTo(1);
  }

  @Test
  void shouldSayByTheFrameWhereASequenceBegins() {
    new Payload(payload(true, false, sequence(0), key(40)), 0, true, false).feed(writer);
    new Payload(payload(true, true, inter(40)), 3000, true, false).feed(writer);
    new Payload(payload(true, false, sequence(0), inter(40)), 6000, true, false).feed(writer);
    int hiddenKey = 0x00;
    int shownAgain = 0x80;
    for (int flags : new int[] {hiddenKey, shownAgain}) {
      byte[] frame = obu(Obus.FRAME, flags, 40);
      new Payload(payload(true, true, sequence(0), frame), 9000 + flags, true, false).feed(writer);
    }

    assertThat(log.payloads())
        .extracting(Obus::beginsSequence)
        .containsExactly(true, false, false, false, false);
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
  }

  @Test
  void shouldTakeTheSourcesWordWhereTheFrameComesLater() {
    new Payload(payload(true, true, sequence(0)), 0, false, false).feed(writer);
    new Payload(payload(true, false, key(40)), 0, true, false).feed(writer);
    new Payload(payload(true, false, sequence(0)), 3000, false, false).feed(writer);
    new Payload(payload(true, false, key(40)), 3000, true, false).feed(writer);

    assertThat(log.payloads())
        .extracting(Obus::beginsSequence)
        .containsExactly(true, false, false, true);
    assertThat(log.keyframes)
        .containsExactly(log.packets.get(0).position(), log.packets.get(2).position());
  }

  @Test
  void shouldInsertTheSequenceHeaderThatAKeyframeLacks() {
    byte[] key = key(40);
    new Payload(payload(true, true, key), 0, true, false).feed(writer);
    assertThat(log.keyframes).as("no sequence header is known").isEmpty();
    new Payload(payload(true, true, sequence(0)), 3000, true, false).feed(writer);
    new Payload(payload(true, true, obu(Obus.METADATA, 0, 9), key), 6000, true, false).feed(writer);

    List<byte[]> last = List.of(log.last().payload());
    assertThat(Obus.unpack(last)).containsExactly(obu(Obus.METADATA, 0, 9), sequence(0), key);
    assertThat(Obus.beginsSequence(last.get(0))).isTrue();
    assertThat(log.keyframes).containsExactly(log.last().position());
    assertThat(log.markers()).containsExactly(true, true, true);
  }

  @Test
  void shouldCutWhatIsTooLargeIntoFullPackets() {
    byte[] key = key(500);
    new Payload(payload(true, true, sequence(0), key), 0, true, false).feed(writer);

    assertThat(Obus.unpack(log.payloads())).containsExactly(sequence(0), key);
    assertThat(log.packets.subList(0, log.packets.size() - 1))
        .allMatch(packet -> packet.payload().length == MAX_PAYLOAD && !packet.marker());
    assertThat(log.last().marker()).isTrue();
    assertThat(log.payloads().stream().filter(Obus::beginsSequence)).hasSize(1);
    assertThat(Obus.beginsSequence(log.packets.get(0).payload())).isTrue();
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position());
  }

  @Test
  void shouldShowLossAndDropFragmentsWithoutTheirBeginning() {
    List<Payload> sent = Obus.pack(List.of(inter(900)), 0, new Random(1), 150);
    sent.get(0).feed(writer);
    sent.get(2).afterLoss().feed(writer);
    sent.get(3).feed(writer);
    byte[] next = payload(true, false, inter(20));
    new Payload(next, 3000, true, false).feed(writer);

    assertThat(log.last().payload()).isEqualTo(next);
    assertThat(log.gaps).hasSize(1);
    assertThat(log.hasGapBetween(log.packets.get(0).position(), log.last().position())).isTrue();
    assertThat(log.packets).allMatch(p -> p == log.last() || p.timestamp() == 0);
    assertThat(writer.malformed()).isZero();
  }

  @Test
  void shouldBreakOffAnObuThatIsNotContinued() {
    byte[] begun = payload(true, false, inter(150));
    begun[0] |= 0x40;
    new Payload(begun, 0, false, false).feed(writer);
    byte[] next = payload(true, false, inter(20));
    new Payload(next, 0, true, false).feed(writer);

    assertThat(log.last().payload()).isEqualTo(next);
    assertThat(log.gaps).hasSize(1);
  }

  @Test
  void shouldMarkTemporalLayers() {
    byte[] frame = obu(Obus.FRAME | 4, 2 << 5, 40);
    new Payload(payload(true, false, frame), 0, true, false).feed(writer);

    assertThat(log.marks(log.last().position())).isEqualTo(PictureMarks.layer(2, 0));
  }

  @Test
  void shouldDropMalformedPayloads() {
    List<String> malformed =
        List.of("10", "00", "00 05 30", "00 00", "20 01 30", "10 b0 10", "00 80", "30 01 30 01 30");
    malformed.forEach(payload -> Payload.of(payload, 0, false).feed(writer));

    assertThat(log.packets).isEmpty();
    assertThat(writer.malformed()).isEqualTo(malformed.size());
  }

  @Test
  void shouldWriteTemporalUnitsOfAHost() {
    byte[] delimiter = obu(Obus.DELIMITER, 0, 1);
    byte[] layered = obu(Obus.FRAME | 4, 1 << 5, 50);
    assertThat(writer.frame(Obus.frame(delimiter, sequence(0), key(250)), 0)).isTrue();
    assertThat(writer.frame(Obus.frame(delimiter, layered), 3000)).isTrue();
    assertThat(writer.frame(Obus.frame(delimiter, key(30)), 6000)).isTrue();

    assertThat(Obus.unpack(log.payloads()))
        .containsExactly(sequence(0), key(250), layered, sequence(0), key(30));
    assertThat(log.keyframes).containsExactly(log.packets.get(0).position(), log.last().position());
    assertThat(log.packets.stream().filter(PayloadRecorder.Packet::marker)).hasSize(3);
    assertThat(log.packets).extracting(PayloadRecorder.Packet::timestamp).endsWith(3000, 6000);
  }

  @Test
  void shouldKeepTheSequenceHeaderOfATemporalUnitWithoutAFrame() {
    assertThat(writer.frame(Obus.frame(sequence(2)), 0)).isTrue();
    assertThat(log.packets).isEmpty();
    writer.frame(Obus.frame(key(30)), 3000);

    assertThat(Obus.unpack(log.payloads())).containsExactly(sequence(2), key(30));
    assertThat(writer.profile()).isEqualTo(2);
  }

  @Test
  void shouldRefuseMalformedTemporalUnits() {
    for (String malformed : List.of("", "b2 01 10", "32 05 10", "32 80", "34", "32 ffffffffff7f")) {
      byte[] bytes = Payload.of(malformed, 0, false).bytes();
      assertThat(writer.frame(ByteBuffer.wrap(bytes), 0)).as(malformed).isFalse();
    }
    assertThat(log.packets).isEmpty();
    assertThat(writer.malformed()).isEqualTo(6);
  }

  @Test
  void shouldDeliverEveryObuWhateverThePackets() {
    for (int run = 0; run < 500; run++) {
      Random random = new Random(run);
      PayloadRecorder recorder = new PayloadRecorder();
      Av1Writer each = new Av1Writer(recorder, 32 + random.nextInt(200));
      List<byte[]> sent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        List<byte[]> unit = new ArrayList<>();
        boolean key = random.nextInt(4) == 0;
        if (key) {
          unit.add(sequence(0));
        }
        for (int frames = 1 + random.nextInt(3); frames > 0; frames--) {
          unit.add(obu(Obus.FRAME, key ? Obus.KEY : Obus.INTER, 2 + random.nextInt(600)));
        }
        sent.addAll(unit);
        Payload.feed(each, Obus.pack(unit, i * 3000, random, 1 + random.nextInt(300)));
      }
      assertThat(Obus.unpack(recorder.payloads())).containsExactlyElementsOf(sent);
      assertThat(recorder.gaps).isEmpty();
      assertThat(recorder.packets.stream().filter(PayloadRecorder.Packet::marker)).hasSize(10);
      assertThat(each.malformed()).isZero();
    }
  }

  @Test
  void shouldRelayWhatABrowserSends() {
    List<Payload> all = Capture.read("av1.pcap");
    int whole = all.stream().map(Payload::marker).toList().lastIndexOf(true) + 1;
    List<Payload> sent = all.subList(0, whole);
    Payload.feed(writer, sent);

    assertThat(Obus.unpack(log.payloads()))
        .containsExactlyElementsOf(Obus.unpack(sent.stream().map(Payload::bytes).toList()));
    assertThat(log.keyframes).isNotEmpty();
    assertThat(writer.malformed()).isZero();
    assertThat(log.gaps).isEmpty();
  }

  @Test
  void shouldSurviveDamage() {
    WriterTrials.assertSurvivesDamage(Av1Writer::new, Capture.read("av1.pcap"));
    List<byte[]> unit = List.of(sequence(0), key(600), inter(30));
    WriterTrials.assertSurvivesDamage(Av1Writer::new, Obus.pack(unit, 0, new Random(3), 150));
  }

  @Test
  void shouldAllocateNothing() {
    List<byte[]> unit = List.of(sequence(0), key(500));
    WriterTrials.assertAllocatesNothing(
        Av1Writer::new, MAX_PAYLOAD, Obus.pack(unit, 0, new Random(3), 150));
  }
}
