package dev.sluice.codec;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Of a codec that has one format for all uses: the first one offered is taken, as it is. */
record OneFormat(String encoding, int clockRate) implements FormatChoice {

  @Override
  public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
    return offered.stream().filter(this::matches).findFirst().orElse(null);
  }

  @Override
  public @Nullable String parameters(PayloadFormat chosen) {
    return null;
  }

  @Override
  public String wanted() {
    return encoding + '/' + clockRate;
  }

  /** its attributes of SDP; there are no parameters */
  SortedMap<String, String> description() {
    return new TreeMap<>(Map.of("rtpmap", wanted()));
  }

  boolean matches(PayloadFormat format) {
    return format.is(encoding, clockRate);
  }
}
