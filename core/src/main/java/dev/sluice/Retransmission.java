package dev.sluice;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How lost packets are sent again.
 *
 * @param enabled whether NACKs (RFC 4585) are negotiated and answered
 * @param maxRepeats how often one packet is sent again to one viewer, 1 to 64. Default 8
 * @param maxShare how much of the bytes sent to a viewer may be retransmissions, more than 0 and at
 *     most 1. Default 0.25
 * @param buffers makes each viewer's own store; null, the default, for the history that all viewers
 *     of a stream share
 */
public record Retransmission(
    boolean enabled,
    int maxRepeats,
    double maxShare,
    @Nullable Supplier<? extends RetransmissionBuffer> buffers) {

  /** Lost packets are not sent again; a viewer recovers at the next keyframe. */
  public static final Retransmission OFF = new Retransmission(false, 8, 0.25, null);

  /**
   * NACKs are answered from the stream's log: one history for all its viewers. It costs memory a
   * stream, and CPU only for what is sent again.
   */
  public static final Retransmission SHARED_HISTORY = new Retransmission(true, 8, 0.25, null);

  /**
   * With another limit of repeats.
   *
   * @param repeats of one packet to one viewer
   * @return the changed options
   */
  public Retransmission withMaxRepeats(int repeats) {
    return new Retransmission(enabled, repeats, maxShare, buffers);
  }

  /**
   * With another share.
   *
   * @param share of the bytes sent to a viewer
   * @return the changed options
   */
  public Retransmission withMaxShare(double share) {
    return new Retransmission(enabled, maxRepeats, share, buffers);
  }

  /**
   * With a store for each viewer.
   *
   * @param supplier makes an empty one
   * @return the changed options
   */
  public Retransmission withBuffers(Supplier<? extends RetransmissionBuffer> supplier) {
    return new Retransmission(enabled, maxRepeats, maxShare, supplier);
  }

  void validate() {
    Check.range("retransmission.maxRepeats", maxRepeats, 1, 64);
    Check.option(maxShare > 0 && maxShare <= 1, "retransmission.maxShare", maxShare, "over 0 to 1");
  }
}
