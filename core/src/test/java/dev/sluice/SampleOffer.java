package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a browser offers that wants to watch. */
public final class SampleOffer {

  private SampleOffer() {}

  /** {@return an offer of Chromium's} */
  public static String text() {
    try (InputStream in = SampleOffer.class.getResourceAsStream("/dev/sluice/sdp/chromium.sdp")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
