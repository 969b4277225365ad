package dev.sluice.codec;

import dev.sluice.sdp.PayloadFormat;
import org.jspecify.annotations.Nullable;

/**
 * A payload format of a peer that sends, which can be relayed.
 *
 * @param codec what it is
 * @param parameters what the peer says of its media
 */
@SuppressWarnings("exports") // as for CodecFormat
public record AnnouncedFormat(Codec codec, CodecParameters parameters) {

  /**
   * Finds a format's codec.
   *
   * @param media the media type of its m-line
   * @param format one of the peer's
   * @return null if no codec has it, or not in that form
   */
  public static @Nullable AnnouncedFormat of(String media, PayloadFormat format) {
    for (Codec codec : Codec.values()) {
      CodecParameters parameters = codec.format().parse(format);
      if (parameters != null && codec.kind().media().equalsIgnoreCase(media)) {
        return new AnnouncedFormat(codec, parameters);
      }
    }
    return null;
  }
}
