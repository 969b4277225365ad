package dev.sluice.codec;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.PayloadFormat;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opus, which has one format for all uses (RFC 7587 section 7).
 *
 * <p>The format has two channels, whatever the source sends, but peers that leave their number out
 * (GStreamer) mean the same. Parameters that say what the viewer prefers to receive are confirmed
 * as they are; {@code sprop-stereo} says what the source sends.
 */
record OpusChoice(boolean stereo) implements FormatChoice {

  private static final int CLOCK_RATE = 48_000;
  private static final int CHANNELS = 2;
  private static final String STEREO = "sprop-stereo=1";

  @Override
  public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
    return offered.stream()
        .filter(format -> format.is("opus", CLOCK_RATE) && format.channels() <= CHANNELS)
        .max(Comparator.comparingInt(PayloadFormat::channels))
        .orElse(null);
  }

  @Override
  public @Nullable String parameters(PayloadFormat chosen) {
    String wanted = chosen.receiverParameters();
    if (!stereo) {
      return wanted;
    }
    return wanted == null ? STEREO : wanted + ';' + STEREO;
  }

  @Override
  public String wanted() {
    return "opus/48000/2";
  }
}
