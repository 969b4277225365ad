package dev.sluice.examples.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClipLoopTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = Long.MAX_VALUE - SECOND;

  private final Clip clip = new Clip(items(3), items(5), 1);
  private final ClipLoop loop = new ClipLoop(clip, START);
  private final Recorder recorder = new Recorder();

  @Test
  void shouldWriteNothingBeforeItIsDue() {
    loop.writeDue(START - 1, recorder);

    assertThat(recorder.pictures).isEmpty();
    assertThat(recorder.sounds).isEmpty();
  }

  @Test
  void shouldSayWhenTheNextPieceIsDue() {
    assertThat(loop.writeDue(START, recorder) - START).isEqualTo(SECOND / 50);
    assertThat(loop.writeDue(START + SECOND / 50, recorder) - START).isEqualTo(SECOND / 30);
    assertThat(recorder.pictures).hasSize(1);
    assertThat(recorder.sounds).hasSize(2);
  }

  @Test
  void shouldNotDriftHoweverLateItIsCalled() {
    Random random = new Random(11);
    long hour = 3_600 * SECOND;
    long now = START;
    while (now - START < hour) {
      long next = loop.writeDue(now, recorder);
      assertThat(next - now).isPositive();
      now = next + random.nextInt(90_000_000);
    }
    loop.writeDue(START + hour, recorder);

    assertThat(recorder.pictures.size()).isBetween(30 * 3_600 + 1, 30 * 3_600 + 4);
    assertThat(recorder.sounds.size()).isBetween(50 * 3_600 + 1, 50 * 3_600 + 6);
  }

  @Test
  void shouldGoOnWithTimestampsAcrossRepetitions() {
    for (long now = START; now - START < SECOND; now += SECOND / 100) {
      loop.writeDue(now, recorder);
    }

    assertThat(recorder.pictures).hasSize(30);
    for (int i = 0; i < 30; i++) {
      assertThat(recorder.pictures.get(i)).isEqualTo(new Piece(i % 3, i * 3_000L));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(recorder.sounds.get(i)).isEqualTo(new Piece(i % 5, i * 960L));
    }
  }

  @Test
  void shouldGoOnWhereItWasAfterALongStop() {
    loop.writeDue(START, recorder);
    long resumed = START + 60 * SECOND;

    long next = loop.writeDue(resumed, recorder);

    assertThat(recorder.sounds).hasSize(2);
    assertThat(recorder.pictures).hasSize(1);
    assertThat(next - resumed).isEqualTo(SECOND / 30 - SECOND / 50);
  }

  private static List<ByteBuffer> items(int count) {
    List<ByteBuffer> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    return items;
  }

  private record Piece(int content, long timestamp) {}

  private static final class Recorder implements ClipLoop.Sink {
    final List<Piece> pictures = new ArrayList<>();
    final List<Piece> sounds = new ArrayList<>();

    @Override
    public void picture(ByteBuffer accessUnit, long timestamp) {
      pictures.add(new Piece(accessUnit.get(0), timestamp));
    }

    @Override
    public void sound(ByteBuffer opusPacket, long timestamp) {
      sounds.add(new Piece(opusPacket.get(0), timestamp));
    }
  }
}
