package dev.sluice.benchmarks.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.load.media.FrameChecker.Result;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.h264.H264Packetizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCheckerTest {
  private static final int STREAM = 7;
  private static final int MAX_PAYLOAD = 1_164;

  private final SyntheticVideo video = new SyntheticVideo(2_000, 30);
  private final Payloads payloads = new Payloads();
  private final H264Packetizer packetizer = new H264Packetizer(payloads, MAX_PAYLOAD);
  private final FrameChecker checker = new FrameChecker(STREAM);

  @Test
  void shouldKnowEveryFrameOfItsStream() {
    List<Result> ends = new ArrayList<>();
    for (int frame = 0; frame < 130; frame++) {
      List<byte[]> packets = packetize(STREAM, frame);
      for (int i = 0; i < packets.size() - 1; i++) {
        assertThat(accept(packets, i)).isEqualTo(Result.PART);
      }
      ends.add(accept(packets, packets.size() - 1));
      assertThat(checker.sentAtNanos()).isEqualTo(1_000_000_007L * frame);
    }

    assertThat(checker.error()).isNull();
    assertThat(ends.stream().filter(end -> end == Result.KEYFRAME)).hasSize(3);
    assertThat(ends.stream().filter(end -> end == Result.FRAME)).hasSize(127);
  }

  @Test
  void shouldSeeAnyChangedByte() {
    Random random = new Random(9);
    for (int i = 0; i < 500; i++) {
      FrameChecker fresh = new FrameChecker(STREAM);
      List<byte[]> packets = packetize(STREAM, 0);
      byte[] changed = packets.get(random.nextInt(packets.size()));
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(5));
      for (int p = 0; p < packets.size(); p++) {
        fresh.accept(packets.get(p), 0, packets.get(p).length, p == packets.size() - 1);
      }
      boolean timeChanged = fresh.sentAtNanos() != 0;
      assertThat(fresh.error() != null || timeChanged).as("try " + i).isTrue();
    }
  }

  @Test
  void shouldSeeAFrameThatIsMissing() {
    acceptAll(STREAM, 0);
    acceptAll(STREAM, 2);

    assertThat(checker.error()).contains("frame 2 after frame 0");
  }

  @Test
  void shouldSeeAPacketThatIsMissing() {
    List<byte[]> packets = packetize(STREAM, 0);
    packets.remove(2);
    for (int i = 0; i < packets.size(); i++) {
      accept(packets, i);
    }

    assertThat(checker.error()).contains("content of frame 0");
  }

  @Test
  void shouldSeeAnotherStream() {
    acceptAll(STREAM + 1, 0);

    assertThat(checker.error()).contains("stream 8 in the place of 7");
  }

  @Test
  void shouldGoOnAtTheNextFrameAfterAGap() {
    List<byte[]> packets = packetize(STREAM, 5);
    accept(packets, 0);
    checker.gap();
    assertThat(accept(packets, 2)).isEqualTo(Result.SKIPPED);
    acceptAll(STREAM, 9);

    assertThat(checker.error()).isNull();
  }

  private void acceptAll(int stream, long frame) {
    List<byte[]> packets = packetize(stream, frame);
    for (int i = 0; i < packets.size(); i++) {
      accept(packets, i);
    }
  }

  private Result accept(List<byte[]> packets, int i) {
    return checker.accept(packets.get(i), 0, packets.get(i).length, i == packets.size() - 1);
  }

  private List<byte[]> packetize(int stream, long frame) {
    payloads.list.clear();
    packetizer.annexB(
        video.accessUnit(
            stream, frame, video.isRegularKeyframe(stream, frame), 1_000_000_007L * frame),
        (int) video.timestamp(frame));
    return new ArrayList<>(payloads.list);
  }

  private static final class Payloads implements PayloadWriter {
    private final List<byte[]> list = new ArrayList<>();
    private final byte[] buffer = new byte[2_000];

    @Override
    public void open(int capacity) {}

    @Override
    public byte[] array() {
      return buffer;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public void commit(int length, int timestamp, boolean marker) {
      list.add(Arrays.copyOf(buffer, length));
    }

    @Override
    public void discard() {}

    @Override
    public void skip(int count) {}

    @Override
    public long position() {
      return list.size();
    }

    @Override
    public void keyframe(long position) {}

    @Override
    public void recoveryPoint(long position) {}

    @Override
    public void mark(long position, int marks) {}
  }
}
