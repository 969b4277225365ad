package dev.sluice;

import dev.sluice.codec.Codec;
import java.nio.ByteBuffer;
import java.util.List;

/** Streams at which viewers can start. */
public final class TestStreams {

  /** SPS, PPS and the slice of an IDR picture */
  private static final byte[] KEYFRAME = {
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
    0x20,
    0,
    0,
    0,
    1,
    0x68,
    (byte) 0xCE,
    0x3C,
    (byte) 0x80,
    0,
    0,
    0,
    1,
    0x65,
    (byte) 0x88,
    (byte) 0x84,
    0,
    0x10,
    1,
    2,
    3
  };

  /** bytes of the keyframe */
  static final int KEYFRAME_LENGTH = KEYFRAME.length;

  private TestStreams() {}

  /** {@return the keyframe, from position to limit} */
  static ByteBuffer keyframe() {
    return ByteBuffer.wrap(KEYFRAME);
  }

  /** {@return who publishes a stream that has one keyframe} */
  public static Publisher publishKeyframe(RelayEngine engine, String name) {
    Publisher publisher = engine.publish(name, List.of(TrackDescription.of("video", Codec.H264)));
    publisher.frames("video").writeFrame(keyframe(), 0);
    publisher.track("video").flush();
    return publisher;
  }
}
