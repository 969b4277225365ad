package dev.sluice.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Pictures that nobody will look at: what precedes the pixels is real. */
public final class DummyPictures {
  /** what they are encoded in */
  public static final Codec CODEC = Codec.H264;

  private static final byte[] KEYFRAME_START = {
    0,
    0,
    0,
    1,
    0x67,
    0x42,
    (byte) 0xC0,
    0x0A,
    (byte) 0xDA,
    0x0F,
    (byte) 0xE4,
    0x20, // SPS
    0,
    0,
    0,
    1,
    0x68,
    (byte) 0xCE,
    0x3C,
    (byte) 0x80, // PPS
    0,
    0,
    0,
    1,
    0x65,
    (byte) 0x88,
    (byte) 0x84, // slice of an IDR picture
  };
  private static final byte[] PICTURE_START = {0, 0, 0, 1, 0x41, (byte) 0x9A, (byte) 0x84};

  private static final int PICTURE_BYTES = 8_000;
  private static final int KEYFRAME_BYTES = 4 * PICTURE_BYTES;
  private static final int GROUP = 60;
  private static final byte PIXELS = 7;

  private final ByteBuffer keyframe = ByteBuffer.wrap(picture(KEYFRAME_START, KEYFRAME_BYTES));
  private final ByteBuffer other = ByteBuffer.wrap(picture(PICTURE_START, PICTURE_BYTES));

  /** Makes the pictures. */
  public DummyPictures() {}

  /**
   * {@return a picture as a frame of the codec, a keyframe among them now and then}
   *
   * @param number counted from 0
   */
  public ByteBuffer picture(long number) {
    return number % GROUP == 0 ? keyframe : other;
  }

  private static byte[] picture(byte[] start, int length) {
    byte[] picture = Arrays.copyOf(start, length);
    Arrays.fill(picture, start.length, length, PIXELS);
    return picture;
  }
}
