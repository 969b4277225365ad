package dev.sluice.benchmarks.baseline;

import dev.sluice.RetransmissionBuffer;

/**
 * A viewer's own copy of the last 1,024 packets that were sent to it, in slots of 1,460 bytes: 1.43
 * MiB for each track of each viewer.
 */
public final class PacketCopies implements RetransmissionBuffer {
  private static final int SLOTS = 1_024;
  private static final int SLOT_SIZE = 1_460;

  private final byte[][] packets = new byte[SLOTS][SLOT_SIZE];
  private final int[] lengths = new int[SLOTS];
  private final int[] sequenceNumbers = new int[SLOTS];

  /** Makes an empty store. */
  public PacketCopies() {}

  @Override
  public void sent(int sequenceNumber, byte[] packet, int offset, int length) {
    int slot = sequenceNumber & (SLOTS - 1);
    int kept = Math.min(length, SLOT_SIZE);
    System.arraycopy(packet, offset, packets[slot], 0, kept);
    lengths[slot] = kept;
    sequenceNumbers[slot] = sequenceNumber;
  }

  @Override
  public int find(int sequenceNumber, byte[] target, int offset) {
    int slot = sequenceNumber & (SLOTS - 1);
    if (sequenceNumbers[slot] != sequenceNumber) {
      return 0;
    }
    System.arraycopy(packets[slot], 0, target, offset, lengths[slot]);
    return lengths[slot];
  }
}
