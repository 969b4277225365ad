package dev.sluice.codec;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opus, which has one format for all uses (RFC 7587 section 7).
 *
 * <p>The offered parameters say what the viewer prefers to receive and are confirmed as they are;
 * {@code sprop-stereo} says what the source sends.
 */
record OpusChoice(boolean stereo) implements FormatChoice {

  private static final int CLOCK_RATE = 48_000;
  private static final int CHANNELS = 2;
  private static final String STEREO = "sprop-stereo=1";

  @Override
  public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
    for (PayloadFormat format : offered) {
      if (format.is("opus", CLOCK_RATE) && format.channels() == CHANNELS) {
        return format;
      }
    }
    return null;
  }

  @Override
  public @Nullable String parameters(PayloadFormat chosen) {
    String offered = chosen.formatLine();
    if (!stereo) {
      return offered;
    }
    return offered == null ? STEREO : offered + ';' + STEREO;
  }

  @Override
  public String wanted() {
    return "opus/48000/2";
  }
}
