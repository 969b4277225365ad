package dev.sluice;

import dev.sluice.codec.Codec;
import dev.sluice.codec.CodecParameters;
import dev.sluice.codec.MediaKind;

/**
 * A track that is about to be published.
 *
 * @param name how the publisher calls it, unique within the stream
 * @param codec what it carries
 * @param parameters what is known of the media in advance
 */
public record TrackDescription(String name, Codec codec, CodecParameters parameters) {

  /**
   * Checks that codec and parameters belong together.
   *
   * @param name see above
   * @param codec see above
   * @param parameters see above
   * @throws IllegalArgumentException for parameters of another codec
   */
  public TrackDescription {
    Class<?> allowed = codec.format().defaults().getClass();
    if (!allowed.isInstance(parameters)) {
      throw new IllegalArgumentException(
          "track '%s': parameters is %s, allowed is %s for %s"
              .formatted(
                  name, parameters.getClass().getSimpleName(), allowed.getSimpleName(), codec));
    }
  }

  /**
   * A track of which nothing is known in advance.
   *
   * @param name how the publisher calls it
   * @param codec what it carries
   * @return the description
   */
  public static TrackDescription of(String name, Codec codec) {
    return new TrackDescription(name, codec, codec.format().defaults());
  }

  /** {@return whether it is video} */
  public boolean isVideo() {
    return codec.kind() == MediaKind.VIDEO;
  }
}
