package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what is written and holds the writer to the contract of {@link PayloadWriter}. */
public class PayloadRecorder implements PayloadWriter {

  private static final byte UNTOUCHED = 0x5A;
  private static final int MARGIN = 7;

  public record Packet(byte[] payload, int timestamp, boolean marker, long position) {}

  public final List<Packet> packets = new ArrayList<>();
  public final List<Long> keyframes = new ArrayList<>();
  public final List<Long> recoveryPoints = new ArrayList<>();
  private final TreeMap<Long, Integer> marked = new TreeMap<>();
  public final List<Long> gaps = new ArrayList<>();
  private byte @Nullable [] open;
  private int capacity;
  private long position = 100;

  @Override
  public void open(int size) {
    assertThat(open).as("packet open already").isNull();
    assertThat(size).isPositive();
    capacity = size;
    open = new byte[MARGIN + size + MARGIN];
    Arrays.fill(open, UNTOUCHED);
  }

  @Override
  public byte[] array() {
    assertThat(open).as("open packet").isNotNull();
    return open;
  }

  @Override
  public int offset() {
    assertThat(open).as("open packet").isNotNull();
    return MARGIN;
  }

  @Override
  public void commit(int length, int timestamp, boolean marker) {
    assertThat(length).isBetween(1, capacity);
    byte[] array = array();
    boolean intact = true;
    for (int i = 0; i < MARGIN; i++) {
      intact &= array[i] == UNTOUCHED && array[MARGIN + capacity + i] == UNTOUCHED;
    }
    assertThat(intact).as("bytes around the packet are untouched").isTrue();
    byte[] payload = Arrays.copyOfRange(array, MARGIN, MARGIN + length);
    packets.add(new Packet(payload, timestamp, marker, position++));
    open = null;
  }

  @Override
  public void discard() {
    open = null;
  }

  @Override
  public void skip(int count) {
    assertThat(open).as("packet open while skipping").isNull();
    assertThat(count).isPositive();
    gaps.add(position);
    position += count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void keyframe(long keyframe) {
    assertThat(packets.stream().anyMatch(p -> p.position() == keyframe)).isTrue();
    keyframes.add(keyframe);
  }

  @Override
  public void recoveryPoint(long position) {
    assertThat(packets.stream().anyMatch(p -> p.position() == position)).isTrue();
    recoveryPoints.add(position);
  }

  @Override
  public void mark(long from, int marks) {
    assertThat(from).isLessThanOrEqualTo(position);
    marked.put(from, marks);
  }

  /** what the packet at a position was marked with at last */
  public int marks(long at) {
    Map.Entry<Long, Integer> newest = marked.floorEntry(at);
    return newest == null ? PictureMarks.NONE : newest.getValue();
  }

  public boolean isOpen() {
    return open != null;
  }

  public Packet last() {
    return packets.get(packets.size() - 1);
  }

  public List<byte[]> payloads() {
    return packets.stream().map(Packet::payload).toList();
  }

  public List<Boolean> markers() {
    return packets.stream().map(Packet::marker).toList();
  }

  public boolean hasGapBetween(long from, long to) {
    return gaps.stream().anyMatch(gap -> gap > from && gap < to);
  }
}
