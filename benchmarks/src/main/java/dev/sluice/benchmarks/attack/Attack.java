package dev.sluice.benchmarks.attack;

import java.io.IOException;

/**
 * Something that is done to a relay for some time.
 *
 * @param label what it is
 * @param action does it, until the pace ends
 */
record Attack(String label, Action action) {

  /** what is done */
  @FunctionalInterface
  interface Action {
    void run(Target target, Pace pace) throws IOException, InterruptedException;
  }
}
