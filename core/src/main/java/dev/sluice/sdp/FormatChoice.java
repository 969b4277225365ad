package dev.sluice.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the offered payload formats a codec is sent in, and how the answer describes it. */
interface FormatChoice {

  /** Returns the best of the offered formats, or null when none will do. */
  @Nullable PayloadFormat choose(List<PayloadFormat> offered);

  /** Returns the parameters of the chosen format for the answer's fmtp, or null for none. */
  @Nullable String parameters(PayloadFormat chosen);

  /** Says what is looked for. */
  String wanted();
}
