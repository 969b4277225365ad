package dev.sluice.codec;

import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Of a codec that has one format for all uses: the first one offered is taken, as it is.
 *
 * @param encoding its encoding name
 * @param clockRate RTP ticks a second
 * @param payloadType the payload type that needs no rtpmap (RFC 3551 section 6), or -1
 */
record OneFormat(String encoding, int clockRate, int payloadType) implements FormatChoice {

  OneFormat(String encoding, int clockRate) {
    this(encoding, clockRate, -1);
  }

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
    SortedMap<String, String> attributes = new TreeMap<>(Comparator.reverseOrder());
    attributes.put("rtpmap", wanted());
    return attributes;
  }

  /** its attributes of SDP; the parameters may be empty */
  SortedMap<String, String> description(String parameters) {
    SortedMap<String, String> attributes = description();
    if (!parameters.isEmpty()) {
      attributes.put("fmtp", parameters);
    }
    return attributes;
  }

  /** what a peer is asked for it with */
  FormatOffer offer(@Nullable String parameters) {
    return new FormatOffer(payloadType, wanted(), parameters);
  }

  boolean matches(PayloadFormat format) {
    boolean named = format.is(encoding, clockRate) && format.channels() == 1;
    return named || format.isStatic(payloadType);
  }
}
