package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.viewer.ViewerTotals;
import java.util.Map;

/**
 * What all sides have counted at some moment of a run.
 *
 * @param nanos when
 * @param viewers what they saw
 * @param slowViewers what those behind slow links saw
 * @param relay what it says of itself, by name
 * @param networkLosses datagrams that a {@link LossyNetwork} lost
 * @param usage of the relay's process
 * @param generator usage of this process, which is the viewers' and the RTSP publishers'
 * @param machine usage by all that runs on it
 */
record Reading(
    long nanos,
    ViewerTotals viewers,
    ViewerTotals slowViewers,
    Map<String, Long> relay,
    long networkLosses,
    ProcessUsage usage,
    ProcessUsage generator,
    MachineUsage machine) {

  double secondsSince(Reading before) {
    return (nanos - before.nanos) / 1e9;
  }

  /** by how much a figure has grown; not a number where the relay does not give it */
  double since(Reading before, String name) {
    Long now = relay.get(name);
    return now == null ? Double.NaN : now - before.relay.getOrDefault(name, 0L);
  }

  long thrownAway() {
    return networkLosses + viewers.simulatedLosses() + slowViewers.simulatedLosses();
  }
}
