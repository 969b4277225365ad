package dev.sluice.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads offers of real peers from the resources, for tests of any package. */
public final class OfferTexts {

  private OfferTexts() {}

  /** Returns the text of an offer. */
  public static String read(String resource) {
    try (InputStream in = OfferTexts.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
