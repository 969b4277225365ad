package dev.sluice.benchmarks.load.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes access units of H.264 that no decoder shows and every checker knows: parameter sets and
 * slice headers are real, behind them come the numbers of stream and frame, the time of sending and
 * a pattern that both of them select.
 *
 * <pre>
 * NAL unit: type (1) | slice header (2) | stream (3) | frame (5) | sent at (9) | length (4) | pattern
 * </pre>
 *
 * <p>Numbers have 7 bits a byte and the pattern has no zero, so no start code can arise. Used by
 * one thread; one object serves all streams of a publisher.
 */
public final class SyntheticVideo {
  /** RTP ticks a second */
  public static final int CLOCK_RATE = 90_000;

  static final byte[] SPS = {
    0x67,
    0x42,
    (byte) 0xC0,
    0x0D,
    (byte) 0xDA,
    0x05,
    0x07,
    (byte) 0xEC,
    0x04,
    0x40,
    0,
    0,
    3,
    0,
    0x40,
    0,
    0,
    0x0F,
    0x23,
    (byte) 0xC5,
    0x0A,
    (byte) 0xA8
  };
  static final byte[] PPS = {0x68, (byte) 0xCE, 0x3C, (byte) 0x80};

  static final byte IDR = 0x65;
  static final byte NON_IDR = 0x41;
  static final int STREAM_OFFSET = 3;
  static final int FRAME_OFFSET = STREAM_OFFSET + 3;
  static final int SENT_OFFSET = FRAME_OFFSET + 5;
  static final int LENGTH_OFFSET = SENT_OFFSET + 9;
  static final int HEADER_LENGTH = LENGTH_OFFSET + 4;

  private static final byte I_SLICE = (byte) 0x88;
  private static final byte P_SLICE = (byte) 0x9A;
  private static final byte SLICE_REST = (byte) 0x84;
  private static final byte[] START_CODE = {0, 0, 0, 1};
  private static final byte[] PATTERN = pattern(32_749);
  private static final int KEYFRAME_FACTOR = 4;
  private static final int KEYFRAME_SECONDS = 2;

  private final int frameRate;
  private final int frameLength;
  private final byte[] unit;

  /**
   * Makes a source.
   *
   * @param kilobits a second, keyframes included
   * @param frameRate frames a second, a divisor of 90,000
   */
  public SyntheticVideo(int kilobits, int frameRate) {
    if (CLOCK_RATE % frameRate != 0) {
      throw new IllegalArgumentException("frame rate is " + frameRate + ", no divisor of 90,000");
    }
    this.frameRate = frameRate;
    int interval = KEYFRAME_SECONDS * frameRate;
    int mean = kilobits * 125 / frameRate;
    frameLength = Math.max(HEADER_LENGTH, mean * interval / (interval - 1 + KEYFRAME_FACTOR));
    unit = new byte[3 * START_CODE.length + SPS.length + PPS.length + nalLength(true)];
  }

  /** {@return SPS and PPS, without start codes} */
  public static List<byte[]> parameterSets() {
    return List.of(SPS.clone(), PPS.clone());
  }

  /** {@return frames a second} */
  public int frameRate() {
    return frameRate;
  }

  /**
   * Whether a frame is a keyframe when nobody asks for one: the first one, then every two seconds,
   * at another time for each stream as with cameras that know nothing of each other.
   *
   * @param stream number of the stream
   * @param frame number of the frame
   */
  public boolean isRegularKeyframe(int stream, long frame) {
    return frame == 0 || (frame + 7L * stream) % ((long) KEYFRAME_SECONDS * frameRate) == 0;
  }

  /** {@return bytes of the picture's NAL unit} */
  public int nalLength(boolean keyframe) {
    return keyframe ? KEYFRAME_FACTOR * frameLength : frameLength;
  }

  /** {@return 90 kHz ticks of a frame, counted from the first} */
  public long timestamp(long frame) {
    return frame * (CLOCK_RATE / frameRate);
  }

  /**
   * Makes an access unit in annex B form.
   *
   * @param stream number of the stream, at most 2^21 - 1
   * @param frame number of the frame
   * @param keyframe whether it is one
   * @param sentAtNanos {@link System#nanoTime}
   * @return valid until the next call
   */
  public ByteBuffer accessUnit(int stream, long frame, boolean keyframe, long sentAtNanos) {
    int at = 0;
    if (keyframe) {
      at = put(START_CODE, at);
      at = put(SPS, at);
      at = put(START_CODE, at);
      at = put(PPS, at);
    }
    at = put(START_CODE, at);
    int length = nalLength(keyframe);
    unit[at] = keyframe ? IDR : NON_IDR;
    unit[at + 1] = keyframe ? I_SLICE : P_SLICE;
    unit[at + 2] = SLICE_REST;
    putNumber(at + STREAM_OFFSET, FRAME_OFFSET - STREAM_OFFSET, stream);
    putNumber(at + FRAME_OFFSET, SENT_OFFSET - FRAME_OFFSET, frame);
    putNumber(at + SENT_OFFSET, LENGTH_OFFSET - SENT_OFFSET, sentAtNanos);
    putNumber(at + LENGTH_OFFSET, HEADER_LENGTH - LENGTH_OFFSET, length);
    fill(at + HEADER_LENGTH, length - HEADER_LENGTH, patternStart(stream, frame) + HEADER_LENGTH);
    return ByteBuffer.wrap(unit, 0, at + length);
  }

  static long number(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = value << 7 | (bytes[i] & 0x7F);
    }
    return value;
  }

  static boolean isSliceHeader(byte[] bytes, int offset, boolean keyframe) {
    return bytes[offset] == (keyframe ? I_SLICE : P_SLICE) && bytes[offset + 1] == SLICE_REST;
  }

  static int patternStart(int stream, long frame) {
    return (int) ((stream * 7_919L + frame * 104_729L) % PATTERN.length);
  }

  /** whether bytes are the pattern's from some index on */
  static boolean isPattern(byte[] bytes, int offset, int length, int patternIndex) {
    int from = offset;
    int end = offset + length;
    int index = patternIndex % PATTERN.length;
    while (from < end) {
      int run = Math.min(end - from, PATTERN.length - index);
      if (!Arrays.equals(bytes, from, from + run, PATTERN, index, index + run)) {
        return false;
      }
      from += run;
      index = 0;
    }
    return true;
  }

  private int put(byte[] bytes, int at) {
    System.arraycopy(bytes, 0, unit, at, bytes.length);
    return at + bytes.length;
  }

  private void putNumber(int offset, int length, long value) {
    long rest = value;
    for (int i = offset + length - 1; i >= offset; i--) {
      unit[i] = (byte) (0x80 | (rest & 0x7F));
      rest >>>= 7;
    }
  }

  private void fill(int offset, int length, int patternIndex) {
    int at = offset;
    int end = offset + length;
    int index = patternIndex % PATTERN.length;
    while (at < end) {
      int run = Math.min(end - at, PATTERN.length - index);
      System.arraycopy(PATTERN, index, unit, at, run);
      at += run;
      index = 0;
    }
  }

  private static byte[] pattern(int length) {
    Random random = new Random(64);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (1 + random.nextInt(255));
    }
    return bytes;
  }
}
