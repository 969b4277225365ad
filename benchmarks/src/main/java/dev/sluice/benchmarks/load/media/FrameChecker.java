package dev.sluice.benchmarks.load.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks the RTP payloads of one {@link SyntheticVideo} stream, given in order: every byte, the
 * fragments' flags, the marker, and that no frame is missing or comes twice. A relay may leap to a
 * newer keyframe.
 */
public final class FrameChecker {
  /** what a payload turned out to be */
  public enum Result {
    /** right, and there is more of the frame to come, or nothing of it was checked yet */
    PART,
    /** right, and the end of a frame */
    FRAME,
    /** right, and the end of a keyframe */
    KEYFRAME,
    /** not checked: its beginning was lost */
    SKIPPED,
    /** wrong; {@link #error} says why */
    WRONG
  }

  private static final int TYPE_MASK = 0x1F;
  private static final int SEI = 6;
  private static final int ACCESS_UNIT_DELIMITER = 9;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_HEADER_LENGTH = 2;
  private static final int START_BIT = 0x80;
  private static final int END_BIT = 0x40;

  private final int stream;
  private boolean inFrame;
  private boolean afterGap = true;
  private boolean keyframe;
  private long frame;
  private long sentAtNanos;
  private int length;
  private int position;
  private @Nullable String error;

  /**
   * Makes a checker.
   *
   * @param stream number of the stream that is to be seen
   */
  public FrameChecker(int stream) {
    this.stream = stream;
  }

  /** {@return when the current frame was sent, {@link System#nanoTime}} */
  public long sentAtNanos() {
    return sentAtNanos;
  }

  /** {@return whether the beginning of a frame was seen, and its end not yet} */
  public boolean isInFrame() {
    return inFrame;
  }

  /** {@return the first thing that was wrong} */
  public @Nullable String error() {
    return error;
  }

  /** Packets are missing here. */
  public void gap() {
    inFrame = false;
    afterGap = true;
  }

  /**
   * Checks a payload.
   *
   * @param packet holds it
   * @param offset of its first byte
   * @param payloadLength in bytes
   * @param marker of the RTP header
   */
  public Result accept(byte[] packet, int offset, int payloadLength, boolean marker) {
    if (payloadLength == 0) {
      return wrong("an empty payload");
    }
    return switch (packet[offset] & TYPE_MASK) {
      case SEI, ACCESS_UNIT_DELIMITER -> Result.PART; // a relay may add them
      case 7 -> parameterSet(packet, offset, payloadLength, SyntheticVideo.SPS);
      case 8 -> parameterSet(packet, offset, payloadLength, SyntheticVideo.PPS);
      case STAP_A -> aggregate(packet, offset + 1, offset + payloadLength);
      case FU_A -> fragment(packet, offset, payloadLength, marker);
      default -> picture(packet, offset, payloadLength, packet[offset], true, marker);
    };
  }

  private Result aggregate(byte[] packet, int from, int end) {
    int at = from;
    for (byte[] set : new byte[][] {SyntheticVideo.SPS, SyntheticVideo.PPS}) {
      if (at + 2 + set.length > end
          || packet[at] != 0
          || packet[at + 1] != set.length
          || !Arrays.equals(packet, at + 2, at + 2 + set.length, set, 0, set.length)) {
        return wrong("parameter sets of another stream");
      }
      at += 2 + set.length;
    }
    return at == end ? Result.PART : wrong("more than parameter sets in a STAP-A");
  }

  private Result parameterSet(byte[] packet, int offset, int payloadLength, byte[] expected) {
    return Arrays.equals(packet, offset, offset + payloadLength, expected, 0, expected.length)
        ? Result.PART
        : wrong("a parameter set of another stream");
  }

  private Result fragment(byte[] packet, int offset, int payloadLength, boolean marker) {
    int fuHeader = packet[offset + 1];
    boolean end = (fuHeader & END_BIT) != 0;
    byte header = (byte) (packet[offset] & ~TYPE_MASK | fuHeader & TYPE_MASK);
    if ((fuHeader & START_BIT) != 0) {
      return picture(packet, offset + 1, payloadLength - 1, header, end, marker);
    }
    if (!inFrame) {
      return afterGap ? Result.SKIPPED : wrong("a fragment without a beginning");
    }
    if (header != (keyframe ? SyntheticVideo.IDR : SyntheticVideo.NON_IDR)) {
      return wrong("a fragment of another NAL unit in frame " + frame);
    }
    int size = payloadLength - FU_HEADER_LENGTH;
    return content(packet, offset + FU_HEADER_LENGTH, size, end, marker);
  }

  /** the beginning of a picture's NAL unit, whose header may stand elsewhere */
  private Result picture(
      byte[] packet, int offset, int size, byte header, boolean end, boolean marker) {
    if (size < SyntheticVideo.HEADER_LENGTH
        || (header != SyntheticVideo.IDR && header != SyntheticVideo.NON_IDR)) {
      return wrong("no NAL unit of ours: type " + (header & TYPE_MASK) + ", " + size + " bytes");
    }
    if (inFrame) {
      return wrong("frame " + frame + " has no end");
    }
    long number = SyntheticVideo.number(packet, offset + SyntheticVideo.FRAME_OFFSET, 5);
    int from = (int) SyntheticVideo.number(packet, offset + SyntheticVideo.STREAM_OFFSET, 3);
    if (from != stream) {
      return wrong("stream " + from + " in the place of " + stream);
    }
    boolean leap = header == SyntheticVideo.IDR && number > frame;
    if (!afterGap && number != frame + 1 && !leap) {
      return wrong("frame " + number + " after frame " + frame);
    }
    keyframe = header == SyntheticVideo.IDR;
    if (!SyntheticVideo.isSliceHeader(packet, offset + 1, keyframe)) {
      return wrong("slice header of frame " + number);
    }
    frame = number;
    sentAtNanos = SyntheticVideo.number(packet, offset + SyntheticVideo.SENT_OFFSET, 9);
    length = (int) SyntheticVideo.number(packet, offset + SyntheticVideo.LENGTH_OFFSET, 4);
    position = SyntheticVideo.HEADER_LENGTH;
    inFrame = true;
    afterGap = false;
    return content(packet, offset + position, size - position, end, marker);
  }

  private Result content(byte[] packet, int offset, int size, boolean end, boolean marker) {
    int index = SyntheticVideo.patternStart(stream, frame) + position;
    if (!SyntheticVideo.isPattern(packet, offset, size, index)) {
      return wrong("content of frame " + frame + " at " + position);
    }
    position += size;
    boolean complete = position == length;
    if (end != complete || marker != complete) {
      return wrong("frame " + frame + " ends at " + position + " of " + length);
    }
    if (!complete) {
      return Result.PART;
    }
    inFrame = false;
    return keyframe ? Result.KEYFRAME : Result.FRAME;
  }

  private Result wrong(String what) {
    if (error == null) {
      error = "stream " + stream + ": " + what;
    }
    gap();
    return Result.WRONG;
  }
}
