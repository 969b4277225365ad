package dev.sluice.examples.clip;

import dev.sluice.FrameStream;
import dev.sluice.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A short piece of H.264 video and Opus audio of the same length, in memory.
 *
 * @param pictures access units as Annex B, {@value #PICTURES_PER_SECOND} a second, the first a
 *     keyframe
 * @param sounds Opus packets, {@value #SOUNDS_PER_SECOND} a second
 * @param channels audio channels
 */
public record Clip(List<ByteBuffer> pictures, List<ByteBuffer> sounds, int channels) {

  /** pictures a second */
  public static final int PICTURES_PER_SECOND = 30;

  /** Opus packets a second: each is 20 ms */
  public static final int SOUNDS_PER_SECOND = 50;

  private static final int OPUS_HEADERS = 2;
  private static final int OPUS_CHANNELS_OFFSET = 9;

  /** Makes the lists immutable. */
  public Clip {
    pictures = List.copyOf(pictures);
    sounds = List.copyOf(sounds);
  }

  /**
   * The clip that comes with the examples. Its README says how it was made.
   *
   * @throws IOException if it cannot be read
   */
  public static Clip sample() throws IOException {
    List<ByteBuffer> pictures = pictures(resource("clip.h264"));
    List<ByteBuffer> opus = OggReader.packets(resource("clip.opus"));
    int channels = opus.get(0).get(OPUS_CHANNELS_OFFSET);
    return new Clip(pictures, opus.subList(OPUS_HEADERS, opus.size()), channels);
  }

  private static List<ByteBuffer> pictures(byte[] annexB) throws IOException {
    List<ByteBuffer> pictures = new ArrayList<>();
    try (FrameStream frames = FrameStream.of(Codec.H264, new ByteArrayInputStream(annexB))) {
      for (ByteBuffer next = frames.next(); next != null; next = frames.next()) {
        pictures.add(ByteBuffer.allocate(next.remaining()).put(next).flip().asReadOnlyBuffer());
      }
    }
    return pictures;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Clip.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      return in.readAllBytes();
    }
  }
}
