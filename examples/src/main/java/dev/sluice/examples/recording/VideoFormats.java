package dev.sluice.examples.recording;

import dev.sluice.Frame;
import dev.sluice.codec.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The formats of video, as keyframes tell them. */
final class VideoFormats {
  private static final Logger LOG = LoggerFactory.getLogger(VideoFormats.class);

  private VideoFormats() {}

  static boolean exists(Codec codec) {
    return switch (codec) {
      case H264, H265, VP8, VP9 -> true;
      default -> false;
    };
  }

  /** null where the keyframe is malformed */
  static @Nullable SampleFormat of(Frame keyframe) {
    ByteBuffer data = keyframe.data().duplicate();
    try {
      return switch (keyframe.track().codec()) {
        case H264 -> H264Format.of(NalUnits.of(data));
        case H265 -> H265Format.of(NalUnits.of(data));
        case VP8 -> VpxFormat.vp8(data);
        case VP9 -> VpxFormat.vp9(data);
        default -> null;
      };
    } catch (IOException | RuntimeException e) { // of parsers that expect well-formed input
      LOG.warn("a keyframe of {} is not understood: {}", keyframe.track().name(), e.toString());
      return null;
    }
  }
}
