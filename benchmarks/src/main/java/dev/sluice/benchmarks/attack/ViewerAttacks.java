package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.viewer.ViewerSwarm;
import java.io.IOException;

/** What viewers do that have keys. */
final class ViewerAttacks {
  private static final int UNREADING = 40;
  private static final int FORGING = 4;

  private ViewerAttacks() {}

  /** viewers that keep their consent and never read their sockets */
  static void neverRead(Target target, Pace pace) throws InterruptedException {
    try (ViewerSwarm swarm = new ViewerSwarm(1, 0)) {
      for (int i = 0; i < UNREADING && !pace.isOver(); i++) {
        swarm.join(0, false, target.relay().player(0));
        pace.count(1);
      }
      pace.rest();
    }
  }

  /** viewers that ask for all packets again, for keyframes, and report nonsense */
  static void forgedFeedback(Target target, Pace pace) throws IOException, InterruptedException {
    try (ViewerSwarm swarm = new ViewerSwarm(1, 0)) {
      for (int i = 0; i < FORGING; i++) {
        swarm.joinForging(0, target.relay().player(0));
      }
      pace.rest();
      pace.count((int) swarm.totals().forged());
    }
  }
}
