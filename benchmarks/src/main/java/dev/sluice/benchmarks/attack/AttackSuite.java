package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.Relay;
import dev.sluice.benchmarks.load.relay.RelaySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Attacks a relay of its own on the loopback address, one attack after the other, while a viewer
 * watches: {@code java -jar benchmarks.jar attack [quick|long]}. Its status is 1 when a limit is
 * not held.
 */
@Command(name = "attack", description = "attacks a relay of its own while a viewer watches")
public final class AttackSuite implements Callable<Integer> {
  private static final int PAUSE_MILLIS = 1_000;
  private static final int WARM_UP_MILLIS = 2_000;
  private static final int LOOPS = 2;
  private static final List<String> JVM_FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");
  private static final List<Attack> ATTACKS =
      List.of(
          new Attack("none", (target, pace) -> pace.rest()),
          new Attack("random datagrams", UdpAttacks::garbage),
          new Attack("checks for unknown sessions", UdpAttacks::checksOfNobody),
          new Attack("forged checks with a user name", UdpAttacks::checksWithTheWatchersName),
          new Attack("offers that nobody follows up", UdpAttacks::offersWithoutMore),
          new Attack("handshakes that do not go on", UdpAttacks::handshakesWithoutEnd),
          new Attack("DTLS fragments that claim 8 KiB", UdpAttacks::fragmentsThatClaimMore),
          new Attack("half RTSP requests", RtspAttacks::halfRequests),
          new Attack("RTSP frames of strangers", RtspAttacks::framesOfStrangers),
          new Attack("half RTSP frames", RtspAttacks::halfFrames),
          new Attack("publishers that freeze", RtspAttacks::frozenPublishers),
          new Attack("publishers that flap", RtspAttacks::flaps),
          new Attack("viewers that never read", ViewerAttacks::neverRead),
          new Attack("forged feedback", ViewerAttacks::forgedFeedback));

  @Parameters(
      arity = "0..1",
      paramLabel = "quick|long",
      description = "for about a minute, or eight; three without it")
  private Extent extent = Extent.FULL;

  /** how long an attack lasts */
  enum Extent {
    QUICK(4),
    FULL(10),
    LONG(30);

    private final int seconds;

    Extent(int seconds) {
      this.seconds = seconds;
    }
  }

  /** Makes the command. */
  public AttackSuite() {}

  /**
   * Attacks.
   *
   * @return 1 when a limit is not held
   * @throws Exception if a process cannot be run
   */
  @Override
  public Integer call() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    System.out.print(Outcome.HEADING);
    try (Target target = new Target(Relay.start(JVM_FLAGS, RelaySet.RESILIENT, LOOPS))) {
      Thread.sleep(WARM_UP_MILLIS);
      target.join();
      for (Attack attack : ATTACKS) {
        Outcome outcome = run(attack, target);
        outcomes.add(outcome);
        System.out.println(outcome.row());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nIn parentheses: the limit. JDK %s, %d processors, %d s each.%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        extent.seconds);
    return outcomes.stream().allMatch(Outcome::isHeld) ? 0 : 1;
  }

  private Outcome run(Attack attack, Target target) throws InterruptedException {
    Pace pace = new Pace(extent.seconds);
    Failure failure = new Failure();
    Thread attacker = new Thread(() -> failure.watch(attack, target, pace), "attacker");
    attacker.setDaemon(true);
    long start = System.nanoTime();
    long before = target.frames();
    attacker.start();
    Thread.sleep(extent.seconds * 1_000L / 4);
    double join = target.join();
    double publish = target.longestPublish(pace);
    double elapsed = (System.nanoTime() - start) / 1e9;
    double frames = (target.frames() - before) / elapsed;
    double resident = target.residentMegabytes();
    double heap = target.heapMegabytes();
    attacker.join();
    Thread.sleep(PAUSE_MILLIS);
    String problem = failure.what == null ? target.wrong() : failure.what;
    return new Outcome(attack, pace.times(), frames, heap, resident, join, publish, problem);
  }

  /** what the attacker's thread met with */
  private static final class Failure {
    private volatile @Nullable String what;

    void watch(Attack attack, Target target, Pace pace) {
      try {
        attack.action().run(target, pace);
      } catch (Exception e) {
        what = "the attack failed: " + e;
      }
    }
  }
}
