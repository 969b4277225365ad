package dev.sluice.webrtc;

import dev.sluice.JoinPhase;
import dev.sluice.loop.EngineClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Takes the time of each phase of one viewer's way in, from its offer on. Safe for any thread. */
final class JoinClock {
  private static final JoinPhase[] PHASES = JoinPhase.values();
  private static final long NOT_YET = -1;

  private final EngineClock clock;
  private final long offeredNanos;
  private final AtomicLongArray times = new AtomicLongArray(PHASES.length);

  /** the offer has come */
  JoinClock(EngineClock clock) {
    this.clock = clock;
    offeredNanos = clock.nanos();
    for (int i = 0; i < PHASES.length; i++) {
      times.set(i, NOT_YET);
    }
  }

  /** notes a phase; the first time counts */
  void reached(JoinPhase phase) {
    times.compareAndSet(phase.ordinal(), NOT_YET, Math.max(0, clock.nanos() - offeredNanos));
  }

  /** since the offer; phases that were not reached are missing */
  Map<JoinPhase, Duration> times() {
    Map<JoinPhase, Duration> reached = new EnumMap<>(JoinPhase.class);
    for (JoinPhase phase : PHASES) {
      long nanos = times.get(phase.ordinal());
      if (nanos != NOT_YET) {
        reached.put(phase, Duration.ofNanos(nanos));
      }
    }
    return reached;
  }
}
