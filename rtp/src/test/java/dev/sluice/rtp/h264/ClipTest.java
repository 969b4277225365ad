package dev.sluice.rtp.h264;

import static dev.sluice.rtp.h264.Nal.assertNals;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ffmpeg made, see README.md beside the clips. */
class ClipTest {

  private static final int RTP_HEADER_BYTES = 12;
  private static final int MAX_PAYLOAD = 1100;
  private static final int FRAMES = 16;
  private static final String SPROP = "Z2QADazZQUH7ARAAAAMAEAAAAwPA8UKZYA==,aOvghLIs";

  record Input(byte[] payload, int timestamp, boolean marker) {}

  @Test
  void shouldRelayStreamWhoseParameterSetsAreInSdpOnly() {
    Feed feed = new Feed(MAX_PAYLOAD, true);
    SpropParameterSets.parse(SPROP).forEach(feed.normalizer::parameterSet);
    List<Input> inputs = rtp("global-header.rtp");
    feedAll(feed, inputs);

    List<Nal> nals = feed.log.nals();
    assertNals(
        nals.stream().filter(n -> n.type() < NalUnit.SPS || n.type() > NalUnit.PPS).toList(),
        nalsOf(inputs));
    assertMarkersAsInInput(feed, inputs);
    assertKeyframes(feed, nals);
    assertThat(feed.count(H264Counter.PARAMETER_SETS_INSERTED)).isEqualTo(2);
    assertThat(feed.normalizer.sequenceParameterSet())
        .isEqualTo(new SequenceParameterSet(new ProfileLevelId(0x64, 0, 13), 0, 320, 240));
  }

  @Test
  void shouldLeaveOutPicturesThatBrowsersStutterAt() {
    Feed feed = new Feed(MAX_PAYLOAD);
    SpropParameterSets.parse(SPROP).forEach(feed.normalizer::parameterSet);
    List<Input> inputs = rtp("global-header.rtp");
    feedAll(feed, inputs);

    long frames = feed.log.packets.stream().filter(RecordedLog.Packet::marker).count();
    long dropped = feed.count(H264Counter.REORDERED_PICTURE_DROPPED);
    assertThat(dropped).isPositive();
    assertThat(frames).isEqualTo(FRAMES - dropped);
    assertThat(feed.log.nals())
        .filteredOn(nal -> nal.type() == NalUnit.SLICE && NalUnit.refIdc(nal.bytes()[0]) == 0)
        .isEmpty();
    assertThat(feed.log.packets.stream().filter(RecordedLog.Packet::marker))
        .extracting(RecordedLog.Packet::timestamp)
        .isSorted()
        .doesNotHaveDuplicates();
    assertKeyframes(feed, feed.log.nals());
  }

  @Test
  void shouldRelayStreamOfConstantTimestamp() {
    Feed feed = new Feed(MAX_PAYLOAD);
    List<Input> inputs = rtp("constant-timestamp.rtp");
    feedAll(feed, inputs);

    List<Nal> nals = feed.log.nals();
    assertNals(nals, nalsOf(inputs));
    assertNals(nals, clipNals());
    assertMarkersAsInInput(feed, inputs);
    assertKeyframes(feed, nals);
    assertThat(feed.count(H264Counter.PARAMETER_SETS_INSERTED)).isZero();
  }

  @Test
  void shouldPacketizeClip() {
    RecordedLog log = new RecordedLog();
    H264Packetizer packetizer = new H264Packetizer(log, MAX_PAYLOAD);
    int frame = 0;
    List<byte[]> unit = new ArrayList<>();
    for (byte[] nal : clipNals()) {
      if (NalUnit.type(nal[0]) == NalUnit.AUD && !unit.isEmpty()) {
        packetizer.annexB(H264PacketizerTest.annexB(unit.toArray(byte[][]::new)), 3000 * frame++);
        unit.clear();
      }
      unit.add(nal);
    }
    packetizer.annexB(H264PacketizerTest.annexB(unit.toArray(byte[][]::new)), 3000 * frame++);

    assertThat(frame).isEqualTo(FRAMES);
    assertNals(log.nals(), clipNals());
    assertThat(log.packets.stream().filter(RecordedLog.Packet::marker)).hasSize(FRAMES);
    assertThat(log.packets).allMatch(p -> p.payload().length <= MAX_PAYLOAD);
    assertThat(log.keyframes).hasSize(2);
  }

  private static void feedAll(Feed feed, List<Input> inputs) {
    inputs.forEach(in -> feed.send(in.payload(), in.timestamp(), in.marker()));
    assertThat(feed.normalizer.isHolding()).isFalse();
    assertThat(feed.log.packets).allMatch(p -> p.payload().length <= MAX_PAYLOAD);
    assertThat(feed.log.gaps).isEmpty();
  }

  private static void assertMarkersAsInInput(Feed feed, List<Input> inputs) {
    assertThat(feed.log.packets.stream().filter(RecordedLog.Packet::marker))
        .hasSize(FRAMES)
        .extracting(RecordedLog.Packet::timestamp)
        .containsExactlyElementsOf(
            inputs.stream().filter(Input::marker).map(Input::timestamp).toList());
    assertThat(feed.count(H264Counter.MISSING_MARKER)).isZero();
    assertThat(feed.count(H264Counter.SPURIOUS_MARKER)).isZero();
  }

  /** both keyframes begin before their picture and carry parameter sets before the first slice */
  private static void assertKeyframes(Feed feed, List<Nal> nals) {
    assertThat(feed.log.keyframes).hasSize(2);
    for (long keyframe : feed.log.keyframes) {
      List<Integer> types =
          nals.stream().filter(n -> n.first() >= keyframe).map(Nal::type).limit(5).toList();
      assertThat(types.get(0)).isIn(NalUnit.AUD, NalUnit.SEI);
      assertThat(types.subList(0, types.indexOf(NalUnit.IDR))).contains(NalUnit.SPS, NalUnit.PPS);
    }
  }

  private static List<byte[]> nalsOf(List<Input> inputs) {
    List<RecordedLog.Packet> packets = new ArrayList<>();
    for (Input in : inputs) {
      packets.add(
          new RecordedLog.Packet(in.payload(), in.timestamp(), in.marker(), packets.size()));
    }
    return Depacketizer.nals(packets).stream().map(Nal::bytes).toList();
  }

  private static List<Input> rtp(String name) {
    List<Input> inputs = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(open(name))) {
      while (in.available() > 0) {
        byte[] packet = in.readNBytes(in.readUnsignedShort());
        ByteBuffer header = ByteBuffer.wrap(packet);
        byte[] payload = Arrays.copyOfRange(packet, RTP_HEADER_BYTES, packet.length);
        inputs.add(new Input(payload, header.getInt(4), header.get(1) < 0));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inputs;
  }

  private static List<byte[]> clipNals() {
    String bytes;
    try (InputStream in = open("clip.h264")) {
      bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.stream(bytes.split("\0*\0\0\1"))
        .filter(nal -> !nal.isEmpty())
        .map(nal -> nal.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = ClipTest.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("no test resource " + name);
    }
    return in;
  }
}
