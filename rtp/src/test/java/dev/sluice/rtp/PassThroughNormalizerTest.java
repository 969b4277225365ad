package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassThroughNormalizerTest {

  private final Recorder out = new Recorder();
  private final PassThroughNormalizer normalizer = new PassThroughNormalizer(out, 4);

  @Test
  void shouldPassPayloadsOnAsTheyAre() {
    accept("aabbcc", 960, true, false);
    accept("ddeeff00", -1, false, false);

    assertThat(out.packets).containsExactly("aabbcc@960 marked", "ddeeff00@-1");
  }

  @Test
  void shouldLeaveASequenceNumberOutWhereSomethingWasLost() {
    accept("aa", 0, false, false);
    accept("bb", 960, false, true);
    accept("cc", 1920, false, false);

    assertThat(out.packets).containsExactly("aa@0", "skip 1", "bb@960", "cc@1920");
  }

  @Test
  void shouldDropWhatIsTooLargeAndShowIt() {
    accept("0011223344", 0, false, false);
    accept("0011223344", 0, false, true);
    assertThat(out.packets).isEmpty();

    accept("aa", 960, false, false);
    assertThat(out.packets).containsExactly("skip 1", "aa@960");
    assertThat(normalizer.malformed()).isEqualTo(2);
  }

  @Test
  void shouldDropEmptyPayloadsWithoutShowingALossOfTheirOwn() {
    accept("", 0, false, false);
    accept("aa", 0, false, false);
    accept("", 0, false, true);
    accept("bb", 960, false, false);

    assertThat(out.packets).containsExactly("aa@0", "skip 1", "bb@960");
    assertThat(normalizer.empty()).isEqualTo(2);
  }

  @Test
  void shouldWriteFramesOfAHostAsPayloads() {
    assertThat(normalizer.frame(ByteBuffer.wrap(new byte[] {1, 2}), 960)).isTrue();
    assertThat(normalizer.frame(ByteBuffer.wrap(new byte[5]), 1920)).isFalse();
    assertThat(normalizer.frame(ByteBuffer.allocate(0), 2880)).isFalse();

    assertThat(out.packets).containsExactly("0102@960");
  }

  @Test
  void shouldRefuseALimitThatNothingFits() {
    assertThatThrownBy(() -> new PassThroughNormalizer(out, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxPayload");
  }

  private void accept(String payload, int timestamp, boolean marker, boolean lostBefore) {
    byte[] bytes = HexFormat.of().parseHex(payload);
    ByteBuf direct = Unpooled.directBuffer().writeZero(12).writeBytes(bytes).writeZero(3);
    normalizer.accept(direct, 12, bytes.length, timestamp, marker, lostBefore);
    assertThat(direct.readerIndex()).isZero();
    assertThat(direct.release()).isTrue();
  }

  /** Writes packets down, at an offset that is not zero. */
  private static final class Recorder implements PayloadWriter {

    private static final int OFFSET = 5;

    final List<String> packets = new ArrayList<>();
    private byte[] open = {};

    @Override
    public void open(int capacity) {
      open = new byte[OFFSET + capacity];
    }

    @Override
    public byte[] array() {
      return open;
    }

    @Override
    public int offset() {
      return OFFSET;
    }

    @Override
    public void commit(int length, int timestamp, boolean marker) {
      String payload = HexFormat.of().formatHex(open, OFFSET, OFFSET + length);
      packets.add(payload + "@" + timestamp + (marker ? " marked" : ""));
    }

    @Override
    public void discard() {
      throw new AssertionError("nothing to discard here");
    }

    @Override
    public void skip(int count) {
      packets.add("skip " + count);
    }

    @Override
    public long position() {
      return packets.size();
    }

    @Override
    public void keyframe(long position) {
      throw new AssertionError("no keyframes here");
    }

    @Override
    public void recoveryPoint(long position) {
      throw new AssertionError("no recovery points here");
    }

    @Override
    public void mark(long position, int marks) {
      throw new AssertionError("no marks here");
    }
  }
}
