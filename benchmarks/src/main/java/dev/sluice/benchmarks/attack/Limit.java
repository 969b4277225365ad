package dev.sluice.benchmarks.attack;

/**
 * What must hold during an attack, with room for a machine that is busy with the attack itself.
 *
 * @param leastFrames a second at a viewer that watches
 * @param mostHeapMegabytes in use at its end, after a collection
 * @param mostResidentMegabytes of the relay's process at its end
 * @param mostWaitMillis of a new viewer for its first packet, and of a new publisher to be let in
 */
record Limit(
    double leastFrames,
    double mostHeapMegabytes,
    double mostResidentMegabytes,
    double mostWaitMillis) {
  /** of 30 frames a second, and of 256 MB of heap and as much of direct memory */
  static final Limit USUAL = new Limit(22, 96, 640, 4_000);

  boolean isHeld(Outcome outcome) {
    return outcome.frames() >= leastFrames
        && outcome.heapMegabytes() <= mostHeapMegabytes
        && outcome.residentMegabytes() <= mostResidentMegabytes
        && outcome.joinMillis() <= mostWaitMillis
        && outcome.publishMillis() <= mostWaitMillis
        && outcome.problem() == null;
  }
}
