package dev.sluice.codec;

import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.sdp.FormatChoice;
import org.jspecify.annotations.Nullable;

/** What codecs look for in offers, for tests of negotiation. */
public final class Choices {

  private Choices() {}

  /** {@return for H.264 of a profile} */
  public static FormatChoice h264(@Nullable ProfileLevelId profile) {
    return new H264Codec.Choice(profile);
  }

  /** {@return for Opus} */
  public static FormatChoice opus(boolean stereo) {
    return new OpusCodec.Choice(stereo);
  }
}
