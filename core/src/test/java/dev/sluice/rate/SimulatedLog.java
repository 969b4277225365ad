package dev.sluice.rate;

import dev.sluice.rtp.PictureMarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A publisher's log: pictures of varying sizes at a fixed rate, a keyframe at each group's start.
 */
final class SimulatedLog {
  static final long FRAME_NANOS = 33_333_333;

  private static final int PACKET = 1_200;
  private static final int KEYFRAME_FACTOR = 4;
  private static final long NO_REFERENCE = -1;

  /** how the pictures of a group refer to each other */
  enum Structure {
    /** each to the one before */
    IPPP,
    /** each second one is disposable */
    DISPOSABLE,
    /** three temporal layers: 0 2 1 2 */
    LAYERED
  }

  /**
   * A packet in the log.
   *
   * @param unit number of its access unit
   * @param reference number of the access unit that this one refers to; -1 for a keyframe
   * @param packets of the access unit
   */
  record Entry(
      long unit,
      long reference,
      int marks,
      boolean keyframe,
      boolean first,
      int packets,
      int bytes,
      long arrivalNanos) {}

  private final Random random;
  private final Structure structure;
  private final double frameBytes;
  private final int group;
  private final List<Entry> entries = new ArrayList<>();
  private final long[] newestOfLayer = new long[8];
  private long newestKeyframe;
  private long units;
  private int inGroup;
  private long nextNanos;
  private boolean keyframeAsked;

  SimulatedLog(long seed, Structure structure, long bitrate, int group) {
    random = new Random(seed);
    this.structure = structure;
    this.group = group;
    frameBytes = Rates.bytes(bitrate, FRAME_NANOS) * group / (group - 1 + KEYFRAME_FACTOR);
  }

  List<Entry> entries() {
    return entries;
  }

  /** names its access units by other numbers than another log */
  SimulatedLog named(long first) {
    units = first;
    return this;
  }

  /** position of the newest keyframe's first packet */
  long newestKeyframe() {
    return newestKeyframe;
  }

  void askForKeyframe() {
    keyframeAsked = true;
  }

  void advance(long nowNanos) {
    while (nextNanos <= nowNanos) {
      append(nextNanos);
      nextNanos += FRAME_NANOS;
    }
  }

  private void append(long arrivalNanos) {
    boolean keyframe = inGroup == 0 || keyframeAsked;
    inGroup = keyframe ? 0 : inGroup;
    keyframeAsked = false;
    newestKeyframe = keyframe ? entries.size() : newestKeyframe;
    int marks = marks(inGroup);
    int layer = PictureMarks.temporalId(marks);
    long reference = keyframe ? NO_REFERENCE : newest(layer);
    double size = frameBytes * (keyframe ? KEYFRAME_FACTOR : 0.8 + 0.4 * random.nextDouble());
    int packets = Math.max(1, (int) Math.ceil(size / PACKET));
    for (int i = 0; i < packets; i++) {
      entries.add(
          new Entry(
              units,
              reference,
              marks,
              keyframe,
              i == 0,
              packets,
              (int) size / packets,
              arrivalNanos));
    }
    if (keyframe) {
      Arrays.fill(newestOfLayer, units);
    } else if (!PictureMarks.isDisposable(marks)) {
      newestOfLayer[layer] = units;
    }
    units++;
    inGroup = (inGroup + 1) % group;
  }

  private long newest(int layer) {
    long newest = 0;
    for (int i = 0; i <= layer; i++) {
      newest = Math.max(newest, newestOfLayer[i]);
    }
    return newest;
  }

  private int marks(int index) {
    return switch (structure) {
      case IPPP -> PictureMarks.NONE;
      case DISPOSABLE -> index % 2 == 1 ? PictureMarks.DISPOSABLE : PictureMarks.NONE;
      case LAYERED -> PictureMarks.layer(index % 2 == 1 ? 2 : index % 4 == 2 ? 1 : 0, 0);
    };
  }
}
