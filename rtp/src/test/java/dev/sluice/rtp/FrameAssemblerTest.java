package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.av1.Av1Assembler;
import dev.sluice.rtp.av1.Av1Writer;
import dev.sluice.rtp.h264.H264Packetizer;
import dev.sluice.rtp.h265.H265Writer;
import dev.sluice.rtp.vp8.Vp8Assembler;
import dev.sluice.rtp.vp8.Vp8Writer;
import dev.sluice.rtp.vp9.Vp9Assembler;
import dev.sluice.rtp.vp9.Vp9Writer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameAssemblerTest {
  private static final int MAX_PAYLOAD = 100;
  private static final byte[] SPS =
      HexFormat.of().parseHex("6764000aacd94426c044000003000400000300a03c489658");
  private static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");

  private final PayloadRecorder log = new PayloadRecorder();
  private final ByteBuf frame = Unpooled.buffer();

  static Stream<Supplier<FrameAssembler>> assemblers() {
    return Stream.of(
        () -> H264Packetizer.assembler(false),
        () -> H264Packetizer.assembler(true),
        () -> H265Writer.assembler(false),
        () -> H265Writer.assembler(true),
        Av1Assembler::new,
        Vp8Assembler::new,
        Vp9Assembler::new,
        PassThroughAssembler::new);
  }

  @Test
  void shouldGiveBackAccessUnits() {
    H264Packetizer packetizer = new H264Packetizer(log, MAX_PAYLOAD);
    byte[] slice = random(5_000);
    slice[0] = 0x65;
    slice[1] = (byte) 0x88;
    byte[] accessUnit = concat(new byte[] {0, 0, 0, 1}, SPS, PPS, slice);
    assertThat(packetizer.annexB(ByteBuffer.wrap(accessUnit), 0)).isTrue();
    assertThat(assemble(H264Packetizer.assembler(false))).isEqualTo(accessUnit);
    frame.clear();
    byte[] lengths = assemble(H264Packetizer.assembler(true));
    ByteBuffer expected = ByteBuffer.allocate(accessUnit.length);
    for (byte[] nalUnit : List.of(SPS, PPS, slice)) {
      expected.putInt(nalUnit.length).put(nalUnit);
    }
    assertThat(lengths).isEqualTo(expected.array());
  }

  @Test
  void shouldGiveBackPicturesOfVp8AndVp9() {
    byte[] picture = random(1_000);
    picture[0] = 0;
    new Vp8Writer(log, MAX_PAYLOAD).frame(ByteBuffer.wrap(picture), 0);
    assertThat(assemble(new Vp8Assembler())).isEqualTo(picture);
    log.packets.clear();
    frame.clear();
    picture[0] = (byte) 0x82;
    new Vp9Writer(log, MAX_PAYLOAD).frame(ByteBuffer.wrap(picture), 0);
    assertThat(assemble(new Vp9Assembler())).isEqualTo(picture);
  }

  @Test
  void shouldGiveBackAccessUnitsOfH265() {
    byte[] slice = random(5_000);
    slice[0] = 0x26;
    slice[1] = 1;
    byte[] vps = HexFormat.of().parseHex("40010c01ffff016000000300900000030000030078959809");
    byte[] sps =
        HexFormat.of()
            .parseHex(
                "42010101600000030090000003000003007"
                    + "8a003c08010e59656692aec0b57000003000100000300190f08211f");
    byte[] pps = HexFormat.of().parseHex("4401c172b46240");
    byte[] accessUnit = concat(new byte[] {0, 0, 0, 1}, vps, sps, pps, slice);
    assertThat(new H265Writer(log, MAX_PAYLOAD, false).frame(ByteBuffer.wrap(accessUnit), 0))
        .isTrue();
    assertThat(assemble(H265Writer.assembler(false))).isEqualTo(accessUnit);
  }

  @Test
  void shouldGiveBackTemporalUnitsOfAv1() {
    ByteBuf unit = Unpooled.buffer();
    unit.writeBytes(HexFormat.of().parseHex("0a0b00000024c4ffdfbffea110"));
    byte[] picture = random(3_000);
    picture[0] = 0x10;
    unit.writeBytes(HexFormat.of().parseHex("32b817")).writeBytes(picture);
    byte[] temporalUnit = ByteBufUtil.getBytes(unit);
    assertThat(new Av1Writer(log, MAX_PAYLOAD).frame(ByteBuffer.wrap(temporalUnit), 0)).isTrue();
    assertThat(assemble(new Av1Assembler())).isEqualTo(temporalUnit);
  }

  @Test
  void shouldNoticeThatSomethingIsMissing() {
    FrameAssembler assembler = H264Packetizer.assembler(false);
    assertThat(append(assembler, "7c05aabb")).as("no start").isFalse();
    assembler.end(frame);
    assertThat(append(assembler, "7c85aabb")).isTrue();
    assertThat(append(assembler, "6101")).as("within a fragmented NAL unit").isFalse();
    assertThat(assembler.end(frame)).as("no end").isFalse();
    assertThat(append(assembler, "7c85aabb") && append(assembler, "7c45cc")).isTrue();
    assertThat(assembler.end(frame)).isTrue();
    assertThat(assembler.end(frame)).as("nothing").isFalse();
    frame.clear();
    assertThat(append(new Vp8Assembler(), "00aabb")).isFalse();
    assertThat(append(new Vp9Assembler(), "00aabb")).isFalse();
  }

  @Test
  void shouldTellWhetherAFrameHasItsBeginning() {
    for (boolean lengths : new boolean[] {false, true}) {
      FrameAssembler h264 = H264Packetizer.assembler(lengths);
      assertThat(hasBeginning(h264, "4180aa")).isTrue();
      assertThat(hasBeginning(h264, "4140aa")).as("a second slice").isFalse();
      assertThat(hasBeginning(h264, "5c8140aa", "5c41bb")).as("the same in fragments").isFalse();
      assertThat(hasBeginning(h264, "18000268ee00034140aa")).as("a PPS before").isTrue();
      FrameAssembler h265 = H265Writer.assembler(lengths);
      assertThat(hasBeginning(h265, "0201d0aa")).isTrue();
      assertThat(hasBeginning(h265, "020150aa")).as("a second slice segment").isFalse();
      assertThat(hasBeginning(h265, "62018150aa", "620141bb")).as("in fragments").isFalse();
    }
    assertThat(hasBeginning(new Av1Assembler(), "180a0b00000024c4ffdfbffea110")).isTrue();
    assertThat(hasBeginning(new Av1Assembler(), "10300410aabb")).as("which frame?").isFalse();
    assertThat(hasBeginning(new Vp9Assembler(), "2c0000aa")).isTrue();
    assertThat(hasBeginning(new Vp9Assembler(), "2c0200aa")).as("second layer").isFalse();
    assertThat(hasBeginning(new PassThroughAssembler(), "aa")).isTrue();
  }

  private boolean hasBeginning(FrameAssembler assembler, String... payloads) {
    frame.clear();
    for (String payload : payloads) {
      assertThat(append(assembler, payload)).isTrue();
    }
    assertThat(assembler.end(frame)).isTrue();
    return assembler.hasBeginning(frame);
  }

  @ParameterizedTest
  @MethodSource("assemblers")
  void shouldBearWhateverComes(Supplier<FrameAssembler> maker) {
    Random random = new Random(1);
    FrameAssembler assembler = maker.get();
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = new byte[random.nextInt(12)];
      random.nextBytes(payload);
      ByteBuf in = Unpooled.wrappedBuffer(payload);
      int before = frame.writerIndex();
      assembler.append(in, frame);
      assertThat(frame.writerIndex() - before).isLessThanOrEqualTo(5 * payload.length + 5);
      assertThat(in.readableBytes()).isEqualTo(payload.length);
      if (random.nextInt(8) == 0) {
        assembler.end(frame);
        frame.clear();
      }
    }
  }

  private byte[] assemble(FrameAssembler assembler) {
    for (PayloadRecorder.Packet packet : log.packets) {
      assertThat(assembler.append(Unpooled.wrappedBuffer(packet.payload()), frame)).isTrue();
    }
    assertThat(log.packets).last().extracting(PayloadRecorder.Packet::marker).isEqualTo(true);
    assertThat(assembler.end(frame)).isTrue();
    return ByteBufUtil.getBytes(frame);
  }

  private boolean append(FrameAssembler assembler, String payload) {
    return assembler.append(Unpooled.wrappedBuffer(HexFormat.of().parseHex(payload)), frame);
  }

  /** without start codes or trailing zeros in it */
  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] |= 1;
    }
    return bytes;
  }

  private static byte[] concat(byte[] between, byte[]... parts) {
    ByteBuf all = Unpooled.buffer();
    for (byte[] part : parts) {
      all.writeBytes(between).writeBytes(part);
    }
    return ByteBufUtil.getBytes(all);
  }
}
