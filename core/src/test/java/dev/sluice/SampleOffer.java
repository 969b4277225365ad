package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a browser offers. */
public final class SampleOffer {

  private SampleOffer() {}

  /** {@return an offer of Chromium's to publish} */
  public static String toSend() {
    return text().replace("a=recvonly", "a=sendonly");
  }

  /** {@return an offer of Chromium's to watch} */
  public static String text() {
    try (InputStream in = SampleOffer.class.getResourceAsStream("/dev/sluice/sdp/chromium.sdp")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
