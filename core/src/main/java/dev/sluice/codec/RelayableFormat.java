package dev.sluice.codec;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which formats are taken from a peer that sends: those that can be relayed, the one that it wants
 * most to begin with.
 *
 * @param kind of the media
 */
@SuppressWarnings("exports") // as for CodecFormat
public record RelayableFormat(MediaKind kind) implements FormatChoice {

  /** {@return what a peer that is asked for media of this kind may send, the most wanted first} */
  public List<FormatOffer> offers() {
    return Arrays.stream(Codec.values())
        .filter(codec -> codec.kind() == kind)
        .flatMap(codec -> codec.format().offers().stream())
        .toList();
  }

  @Override
  public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
    return offered.stream()
        .filter(format -> AnnouncedFormat.of(kind.media(), format) != null)
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable String parameters(PayloadFormat chosen) {
    return chosen.receiverParameters();
  }

  @Override
  public String wanted() {
    return Arrays.stream(Codec.values())
        .filter(codec -> codec.kind() == kind)
        .map(Codec::name)
        .collect(Collectors.joining(" or "));
  }
}
