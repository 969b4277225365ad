package dev.sluice.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the offered payload formats a codec is sent in, and how the answer describes it. */
public interface FormatChoice {

  /**
   * Chooses a format.
   *
   * @param offered the formats of an m-line, the most wanted first
   * @return the best of them, or null when none will do
   */
  @Nullable PayloadFormat choose(List<PayloadFormat> offered);

  /**
   * Describes the chosen format.
   *
   * @param chosen one of those offered
   * @return its parameters for the answer's fmtp, or null for none
   */
  @Nullable String parameters(PayloadFormat chosen);

  /** {@return what is looked for, for a message} */
  String wanted();
}
