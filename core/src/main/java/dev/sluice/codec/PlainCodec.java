package dev.sluice.codec;

import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A codec of which an announcement tells nothing that a relay has to know. */
abstract class PlainCodec implements CodecFormat {
  private final OneFormat format;

  PlainCodec(OneFormat format) {
    this.format = format;
  }

  final OneFormat format() {
    return format;
  }

  @Override
  public final CodecParameters defaults() {
    return new NoParameters();
  }

  @Override
  public final @Nullable CodecParameters parse(PayloadFormat announced) {
    return format.matches(announced) ? new NoParameters() : null;
  }

  @Override
  public List<FormatOffer> offers() {
    return List.of(format.offer(null));
  }

  @Override
  public final SortedMap<String, String> describe(CodecParameters parameters) {
    return format.description();
  }
}
