package dev.sluice;

import dev.sluice.check.Check;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How lost packets are sent again. */
public final class Retransmission extends OptionGroup<Retransmission> {
  /**
   * NACKs are answered from the stream's log: one history for all its viewers. It costs memory a
   * stream, and CPU only for what is sent again.
   */
  public static final Retransmission SHARED_HISTORY = new Retransmission();

  /** Lost packets are not sent again; a viewer recovers at the next keyframe. */
  public static final Retransmission OFF = SHARED_HISTORY.withEnabled(false);

  private boolean enabled = true;
  private int maxRepeats = 8;
  private double maxShare = 0.25;
  private @Nullable Supplier<? extends RetransmissionBuffer> buffers;

  private Retransmission() {}

  /** {@return whether NACKs (RFC 4585) are negotiated and answered. Default true} */
  public boolean enabled() {
    return enabled;
  }

  /**
   * With or without retransmission.
   *
   * @param answered whether NACKs are negotiated and answered
   * @return the changed options
   */
  public Retransmission withEnabled(boolean answered) {
    return with(copy -> copy.enabled = answered);
  }

  /** {@return how often one packet is sent again to one viewer, 1 to 64. Default 8} */
  public int maxRepeats() {
    return maxRepeats;
  }

  /**
   * With another limit of repeats.
   *
   * @param repeats of one packet to one viewer
   * @return the changed options
   */
  public Retransmission withMaxRepeats(int repeats) {
    return with(copy -> copy.maxRepeats = repeats);
  }

  /**
   * {@return how much of the bytes sent to a viewer may be retransmissions, more than 0 and at most
   * 1. Default 0.25}
   */
  public double maxShare() {
    return maxShare;
  }

  /**
   * With another share.
   *
   * @param share of the bytes sent to a viewer
   * @return the changed options
   */
  public Retransmission withMaxShare(double share) {
    return with(copy -> copy.maxShare = share);
  }

  /**
   * {@return what makes each viewer's own store; null, the default, for the history that all
   * viewers of a stream share}
   */
  public @Nullable Supplier<? extends RetransmissionBuffer> buffers() {
    return buffers;
  }

  /**
   * With a store for each viewer.
   *
   * @param supplier makes an empty one
   * @return the changed options
   */
  public Retransmission withBuffers(Supplier<? extends RetransmissionBuffer> supplier) {
    return with(copy -> copy.buffers = supplier);
  }

  void validate() {
    Check.range("retransmission.maxRepeats", maxRepeats, 1, 64);
    Check.option(maxShare > 0 && maxShare <= 1, "retransmission.maxShare", maxShare, "over 0 to 1");
  }
}
