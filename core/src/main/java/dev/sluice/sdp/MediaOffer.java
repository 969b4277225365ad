package dev.sluice.sdp;

import java.util.List;
import java.util.Set;

/**
 * Media of one kind that this side offers to receive.
 *
 * @param media the media type
 * @param formats what it can be in, the most wanted first
 * @param feedback the kinds of RTCP feedback that this side gives; RTX goes with generic NACK
 */
public record MediaOffer(String media, List<FormatOffer> formats, Set<Feedback> feedback) {

  /** Copies the collections. */
  public MediaOffer {
    formats = List.copyOf(formats);
    feedback = Set.copyOf(feedback);
  }
}
