package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media description of an offer, read once.
 *
 * @param index its place in the offer
 * @param description the media description
 * @param formats its payload formats
 * @param direction its direction
 * @param group the bundle it is in, or null when it has a transport of its own
 */
record OfferedMedia(
    int index,
    MediaDescription description,
    List<PayloadFormat> formats,
    Direction direction,
    @Nullable BundleGroup group) {

  static List<OfferedMedia> of(SessionDescription offer) {
    List<BundleGroup> groups = BundleGroup.of(offer);
    List<OfferedMedia> all = new ArrayList<>();
    for (MediaDescription description : offer.media()) {
      all.add(
          new OfferedMedia(
              all.size(),
              description,
              description.payloadFormats(),
              Direction.of(offer, description),
              groups.stream().filter(g -> g.contains(description)).findFirst().orElse(null)));
    }
    return all;
  }

  /** Says whether the peer wants something of a side that sends only, or receives only. */
  boolean asks(Direction local) {
    return !isRejected() && (local.sends() ? direction.receives() : direction.sends());
  }

  /** Returns what keeps it from carrying RTP over a transport that is shared, or null. */
  @Nullable String obstacle() {
    if (isRejected()) {
      return "has port 0";
    }
    if (!description.protocol().endsWith("RTP/SAVPF")
        && !description.protocol().endsWith("RTP/SAVP")) {
      return "is not for RTP over DTLS";
    }
    return description.lines().has("rtcp-mux") ? null : "has no a=rtcp-mux";
  }

  private boolean isRejected() {
    return description.port() == 0 && !description.lines().has("bundle-only");
  }
}
