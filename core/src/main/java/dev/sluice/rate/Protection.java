package dev.sluice.rate;

/** How much of a stream is sent besides it, so that lost packets can be computed from the rest. */
public enum Protection {
  /** nothing */
  NONE(0),

  /** a parity for each eight packets */
  LIGHT(8),

  /** a parity for each four packets */
  STRONG(4);

  private final int packets;

  Protection(int packets) {
    this.packets = packets;
  }

  /** {@return how many packets share a parity, about; 0 where there is none} */
  public int packets() {
    return packets;
  }

  /** {@return how much is sent besides, as a share of what is protected, about} */
  public double share() {
    return packets == 0 ? 0 : 1.0 / packets;
  }
}
