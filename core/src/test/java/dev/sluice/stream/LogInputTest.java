package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sluice.codec.Codec;
import dev.sluice.codec.H264Parameters;
import dev.sluice.codec.InputOptions;
import dev.sluice.codec.OpusParameters;
import dev.sluice.codec.PayloadCounts;
import dev.sluice.codec.TrackFormat;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From what a source sends to what the log shows viewers. */
class LogInputTest {
  private static final int VIDEO_RATE = 90_000;
  private static final int FRAME = 3_000;
  private static final long FRAME_NANOS = 33_333_333;
  private static final byte[] SETS = hex("780009" + "6742e01eda0280f640" + "0006" + "68da2d082ee0");
  private static final byte[] SLICE = hex("61e0112233445566");
  private static final byte[] OPUS_20_MS = hex("78112233");

  private final PacketLog log =
      new PacketLog(new SegmentPool(0), new LogLimits(16_384, 1 << 20, 1L << 40, true));
  private long nanos;
  private int reordered;
  private LogInput input = video();
  private int ssrc = 1;
  private int sequence = 65_530;
  private int timestamp = -5 * FRAME;

  private LogInput video() {
    return input(
        Codec.H264
            .format()
            .input(log, new InputOptions(1_200, false), new H264Parameters(List.of())),
        VIDEO_RATE);
  }

  private LogInput input(TrackFormat format, int clockRate) {
    Track track = new Track("t", clockRate == VIDEO_RATE ? Codec.H264 : Codec.OPUS, 0);
    SourceClock clock =
        new SourceClock(track.source(log, null), clockRate, new SourceClock.WallClockOffset());
    return new LogInput(
        "t", format, log, track, new EngineClock(() -> nanos, 0), clock, () -> reordered++);
  }

  @Test
  void shouldDropWhatComesLateOfTheSameSequence() {
    frames(200);
    sequence -= 100;
    frames(1);
    assertThat(input.statistics().outOfOrder()).isEqualTo(1);
    assertThat(log.position()).isEqualTo(200);
  }

  @Test
  void shouldGoOnWithSequenceThatStepsBackByMoreThanPacketsAreLate() {
    frames(600);
    sequence -= 500;
    frames(100);
    assertThat(input.statistics().outOfOrder()).isZero();
    assertThat(shown()).hasSize(700);
    assertSteady();
  }

  @Test
  void shouldTakeTheWordOfWhoPutPacketsInOrder() {
    RtpPacket view = new RtpPacket();
    for (int i = 0; i < 100; i++) {
      view.wrap(packet(SLICE, i % 7, timestamp, true));
      input.writeRtp(view, i == 50 ? 2 : 0);
      next();
    }
    assertThat(input.statistics().lost()).isEqualTo(2);
    assertThat(input.statistics().outOfOrder()).isZero();
    assertThat(shown()).hasSize(100);
    assertThatThrownBy(() -> input.writeRtp(view, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGoOnInTimeWhereTimestampsJump() {
    for (int seconds : new int[] {-60, 60, -3, 3_600, -20_000}) {
      frames(20);
      timestamp += seconds * VIDEO_RATE;
    }
    frames(20);
    assertThat(shown()).hasSize(120);
    assertSteady();
  }

  @Test
  void shouldGoOnInTimeWhereEverythingOfTheSourceIsNew() {
    frames(20);
    ssrc = 2;
    sequence = 1_234;
    timestamp = 0x7654_3210;
    frames(20);
    assertSteady();
    assertThat(shown()).hasSize(40);
  }

  @Test
  void shouldKeepPicturesApartWhereTheClockStandsStill() {
    input.writeRtp(packet(SLICE, 1, 100, true));
    ssrc = 2;
    input.writeRtp(packet(SLICE, 1, 77_777, true));
    assertThat(shown()).containsExactly(100, 101);
  }

  @Test
  void shouldLeaveTimestampsOfSourceThatPausesAlone() {
    frames(3);
    nanos += 40_000 * FRAME_NANOS;
    timestamp += 40_000 * FRAME;
    frames(3);
    assertSteadyBut(40_001 * FRAME);
  }

  @Test
  void shouldLeaveTimestampsOfSourceThatWasHeldUpAlone() {
    frames(3);
    nanos += 1_000 * FRAME_NANOS;
    frames(3);
    assertSteady();
  }

  @Test
  void shouldGoOnInTimeWhereHostStartsItsClipAgain() {
    ByteBuffer unit = ByteBuffer.allocate(4 + SLICE.length).putInt(1).put(SLICE).flip();
    for (int loop = 0; loop < 3; loop++) {
      for (int i = 0; i < 100; i++) {
        input.writeFrame(unit, i * FRAME);
        nanos += FRAME_NANOS;
      }
    }
    assertThat(shown()).hasSize(300);
    assertSteady();
  }

  @Test
  void shouldPlaceOpusByItsDuration() {
    input =
        input(
            Codec.OPUS.format().input(log, new InputOptions(1_200, false), new OpusParameters(2)),
            48_000);
    for (int i = 0; i < 100; i++) {
      int gap = i < 50 ? 0 : 20 * 960;
      input.writeRtp(packet(OPUS_20_MS, i, 5 + i * 960 + gap + (i * 7) % 17 - 8, false));
      nanos += 20_000_000L;
    }
    List<Integer> begins = timestamps();
    for (int i = 1; i < 100; i++) {
      assertThat(begins.get(i) - begins.get(i - 1)).isEqualTo(i == 50 ? 21 * 960 : 960);
    }
  }

  @Test
  void shouldCountWhatDecidesWhetherViewersSeeAPicture() {
    byte[] b = hex("01e0112233445566");
    input.writeRtp(packet(hex("6588804080112233"), 1, 0, true));
    input.writeRtp(packet(SETS, 2, FRAME, false));
    input.writeRtp(packet(hex("6588804080112233"), 3, FRAME, true));
    input.writeRtp(packet(hex("0606018480"), 4, 4 * FRAME, false));
    input.writeRtp(packet(SLICE, 5, 4 * FRAME, true));
    input.writeRtp(packet(b, 6, 2 * FRAME, true));
    input.writeRtp(packet(b, 7, 3 * FRAME, true));
    assertThat(input.statistics().payload()).isEqualTo(new PayloadCounts(2, 1, 1, 2, 2));
    assertThat(input.statistics().lost()).isZero();
    input.flush();
    input.flush();
    assertThat(reordered).as("told once").isEqualTo(1);
  }

  @Test
  void shouldAllocateNothingForAPacket() {
    ByteBuf[] packets = {
      packet(SETS, 1, 0, false),
      packet(hex("6588804080112233"), 2, 0, true),
      packet(SLICE, 3, FRAME, true),
      packet(hex("7c8061e0112233445566"), 4, 2 * FRAME, false),
      packet(hex("7c4161"), 5, 2 * FRAME, true)
    };
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < 20 && fewest > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5_000; i++) {
        write(packets);
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(fewest)
        .as("bytes for 25,000 packets, but for one clock reading a second")
        .isLessThanOrEqualTo(24 * 5_000 * 3 * FRAME_NANOS / 1_000_000_000L + 24);
    assertThat(log.newestKeyframe()).isPositive();
  }

  private void write(ByteBuf[] packets) {
    for (ByteBuf packet : packets) {
      packet.setShort(2, sequence++);
      packet.setInt(4, packet.getInt(4) + 3 * FRAME);
      input.writeRtp(packet);
    }
    nanos += 3 * FRAME_NANOS;
    input.flush();
  }

  private void frames(int count) {
    for (int i = 0; i < count; i++) {
      input.writeRtp(packet(SLICE, sequence, timestamp, true));
      sequence++;
      next();
    }
  }

  private void next() {
    timestamp += FRAME;
    nanos += FRAME_NANOS;
  }

  private ByteBuf packet(byte[] payload, int number, int time, boolean marker) {
    byte[] header = new byte[RtpHeader.FIXED_LENGTH];
    RtpHeader.write(header, 0, 96, marker, number & 0xFFFF, time, ssrc);
    return Unpooled.wrappedBuffer(header, payload).copy();
  }

  private List<Integer> shown() {
    List<Integer> timestamps = new ArrayList<>();
    for (long position = log.head(); position < log.position(); position++) {
      if (log.ring().marker(position)) {
        timestamps.add(log.ring().timestamp(position));
      }
    }
    return timestamps;
  }

  private List<Integer> timestamps() {
    List<Integer> timestamps = new ArrayList<>();
    for (long position = log.head(); position < log.position(); position++) {
      timestamps.add(log.ring().timestamp(position));
    }
    return timestamps;
  }

  private void assertSteady() {
    assertSteadyBut(FRAME);
  }

  /** every step is that of a frame, but for what the clock's milliseconds round off, or this */
  private void assertSteadyBut(int step) {
    List<Integer> shown = shown();
    for (int i = 1; i < shown.size(); i++) {
      int difference = shown.get(i) - shown.get(i - 1);
      assertThat(Math.abs(difference - FRAME) <= 90 || Math.abs(difference - step) <= 90)
          .as("step of %d", difference)
          .isTrue();
    }
  }

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }
}
