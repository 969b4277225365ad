package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.ProcessUsage.Purpose;
import dev.sluice.benchmarks.load.viewer.ViewerTotals;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Turns what was read in the course of a run into its figures. */
final class RunFigures {
  private static final double MEGA = 1e6;
  private static final double KILO = 1e3;
  private static final double NANOS_A_MILLI = 1e6;

  private final Scenario scenario;
  private final RunResult result;
  private double heapIdle;
  private double heapPublished;
  private long residentIdle;
  private @Nullable Reading begin;
  private @Nullable Reading quiet;

  RunFigures(Scenario scenario, Variant variant, int round) {
    this.scenario = scenario;
    result = new RunResult(variant, round);
  }

  RunResult result() {
    return result;
  }

  /** The engine has run, and nothing is published. */
  void idle(double heap, ProcessUsage usage) {
    heapIdle = heap;
    residentIdle = usage.residentBytes();
    result.put(Metric.HEAP_FIXED, heap / MEGA);
    result.put(Metric.RESIDENT_FIXED, residentIdle / MEGA);
    result.put(Metric.THREADS_FIXED, usage.threads());
  }

  /** All streams are published, and nobody watches. */
  void published(double heap) {
    heapPublished = heap;
    result.put(Metric.HEAP_STREAM, (heap - heapIdle) / MEGA / scenario.streams());
  }

  /** A part of the first minute is over. */
  void began(FirstMinute span, Reading before, Reading after) {
    double millions = (after.viewers().packets() - before.viewers().packets()) / MEGA;
    double cpu = after.usage().cpuSeconds() - before.usage().cpuSeconds();
    result.put(span.cpu(), cpu / millions);
    result.put(span.compiler(), used(before, after, Purpose.COMPILER) / millions);
  }

  void begin(Reading reading) {
    begin = reading;
  }

  void end(Reading after) {
    Reading before = Objects.requireNonNull(begin);
    double seconds = after.secondsSince(before);
    double sent = after.since(before, "packetsSent");
    double checked = after.viewers().packets() - before.viewers().packets();
    boolean allChecked = scenario.checked() == 1 && result.variant().slow() == 0;
    double packets = allChecked ? checked : sent;
    cpu(before, after, packets / MEGA);
    if (result.variant().server() == null) {
      threads(before, after, packets / MEGA);
    }
    shares(before, after);
    double frames = after.viewers().frames() - before.viewers().frames();
    result.put(Metric.FRAME_RATE, frames / seconds);
    double used = after.usage().cpuSeconds() - before.usage().cpuSeconds();
    double slowFrames = after.slowViewers().frames() - before.slowViewers().frames();
    result.put(Metric.CPU_FRAME, used / (frames + slowFrames) * MEGA);
    double bytes = after.viewers().bytes() - before.viewers().bytes();
    result.put(Metric.SENT_RATE, sent / seconds);
    result.put(Metric.PACKET_RATE, checked / seconds);
    result.put(Metric.MEGABITS, bytes * 8 / seconds / MEGA);
    double allocated = after.since(before, "allocated");
    result.put(Metric.ALLOCATION, allocated / seconds / MEGA);
    result.put(Metric.ALLOCATION_PACKET, allocated / packets);
    result.put(Metric.COLLECTIONS, after.since(before, "collections"));
    result.put(Metric.THREADS, after.usage().threads());
    double viewerSeconds = seconds * scenario.allViewers();
    result.put(Metric.RTCP_SENT, after.since(before, "rtcpSent") / viewerSeconds);
    result.put(Metric.RTCP_RECEIVED, after.since(before, "rtcpReceived") / viewerSeconds);
    result.put(Metric.RESENT, after.since(before, "resent"));
    result.put(Metric.RESYNCHRONISATIONS, after.since(before, "resynchronisations"));
    recovery(before, after, checked);
    delays(after.viewers());
    result.put(Metric.FREEZES, after.viewers().freezes() - before.viewers().freezes());
    if (result.variant().slow() > 0) {
      slow(before.slowViewers(), after.slowViewers(), seconds * result.variant().slow());
    }
    quiet = after;
  }

  private void slow(ViewerTotals before, ViewerTotals after, double viewerSeconds) {
    result.put(Metric.SLOW_FRAMES, (after.frames() - before.frames()) / viewerSeconds);
    double bytes = after.bytes() - before.bytes();
    result.put(Metric.SLOW_KILOBITS, bytes * 8 / viewerSeconds / KILO);
    result.put(Metric.SLOW_LOST, after.lost() - before.lost());
  }

  /** Viewers have joined and left, one after the other, while the others watched. */
  void stormed(Reading before, Reading after, ViewerTotals visitors, JoinStorm storm) {
    Reading beginOfQuiet = Objects.requireNonNull(begin);
    Reading endOfQuiet = Objects.requireNonNull(quiet);
    double seconds = after.secondsSince(before);
    double share = seconds / endOfQuiet.secondsSince(beginOfQuiet);
    double cpu =
        after.usage().cpuSeconds()
            - before.usage().cpuSeconds()
            - share * (endOfQuiet.usage().cpuSeconds() - beginOfQuiet.usage().cpuSeconds());
    double steady =
        after.usage().steadySecondsSince(before.usage())
            - share * endOfQuiet.usage().steadySecondsSince(beginOfQuiet.usage());
    result.put(Metric.STORM_RATE, storm.done() / seconds);
    result.put(Metric.STORM_FAILED, storm.failed());
    result.put(Metric.STORM_CPU, cpu / storm.done() * KILO);
    result.put(Metric.STORM_CPU_STEADY, steady / storm.done() * KILO);
    result.put(Metric.STORM_RATE_CORE, storm.done() / cpu);
    put(Metric.STORM_PACKET_50, visitors.joinToPacket(), 50);
    put(Metric.STORM_PACKET_99, visitors.joinToPacket(), 99);
    put(Metric.STORM_DELAY_50, after.viewers().delay(), 50);
    put(Metric.STORM_DELAY_99, after.viewers().delay(), 99);
    double ratio = result.get(Metric.STORM_DELAY_99) / result.get(Metric.DELAY_99);
    result.put(Metric.STORM_DELAY_RATIO, ratio);
    result.put(Metric.STORM_FREEZES, after.viewers().freezes() - before.viewers().freezes());
  }

  /** All garbage is collected, and everybody still watches. */
  void loaded(double heap, ProcessUsage usage) {
    result.put(Metric.HEAP_LOADED, heap / MEGA);
    result.put(Metric.HEAP_BEYOND, (heap - heapIdle) / MEGA);
    result.put(Metric.HEAP_VIEWER, (heap - heapPublished) / KILO / scenario.allViewers());
    double resident = usage.residentBytes() - residentIdle;
    result.put(Metric.RESIDENT, usage.residentBytes() / MEGA);
    result.put(Metric.RESIDENT_STREAM, resident / MEGA / scenario.streams());
    result.put(Metric.RESIDENT_VIEWER, resident / KILO / scenario.allViewers());
  }

  /** Nothing is published any more: what was sent has to have arrived. */
  void finish(ViewerTotals viewers, ViewerTotals slow, Map<String, Long> relay, long socketDrops) {
    if (result.variant().loss() == 0) {
      result.put(Metric.LOST, viewers.lost() - Objects.requireNonNull(begin).viewers().lost());
    }
    Long sent = relay.get("packetsSent");
    if (sent != null && result.variant().isSteady() && scenario.checked() == 1) {
      result.put(Metric.NOT_SEEN, sent - viewers.packets() - viewers.wrong() - viewers.lost());
    }
    result.put(Metric.SOCKET_DROPS, socketDrops);
    result.put(
        Metric.WRONG,
        viewers.wrong() + viewers.notAuthentic() + slow.wrong() + slow.notAuthentic());
    result.error(viewers.error() == null ? slow.error() : viewers.error());
    if (viewers.notAuthentic() > 0 && result.error() == null) {
      result.error(viewers.notAuthentic() + " datagrams were not authentic");
    }
  }

  private void cpu(Reading before, Reading after, double millions) {
    double user = after.usage().userSeconds() - before.usage().userSeconds();
    double system = after.usage().systemSeconds() - before.usage().systemSeconds();
    double percent = (user + system) / after.secondsSince(before) * 100;
    result.put(Metric.CPU_PERCENT, percent);
    result.put(Metric.CPU_PERCENT_STREAM, percent / scenario.streams());
    result.put(Metric.CPU_MILLION, (user + system) / millions);
    double steady = after.usage().steadySecondsSince(before.usage());
    result.put(Metric.CPU_STEADY_MILLION, steady / millions);
    result.put(Metric.CPU_USER_MILLION, user / millions);
    result.put(Metric.CPU_SYSTEM_MILLION, system / millions);
  }

  /** what the names of our relay's threads tell */
  private void threads(Reading before, Reading after, double millions) {
    double percent = 100 / after.secondsSince(before);
    DoubleSummaryStatistics each =
        after.usage().eachSince(before.usage(), Purpose.EVENT_LOOP).summaryStatistics();
    result.put(Metric.LOOPS_PERCENT, each.getSum() * percent);
    result.put(Metric.LOOP_LEAST_PERCENT, each.getMin() * percent);
    result.put(Metric.LOOP_MOST_PERCENT, each.getMax() * percent);
    result.put(Metric.PUBLISHER_PERCENT, used(before, after, Purpose.PUBLISHER) * percent);
    if (scenario.saturated()) {
      result.put(Metric.SENT_RATE_CORE, after.since(before, "packetsSent") / each.getSum());
    }
    result.put(Metric.CPU_LOOPS_MILLION, used(before, after, Purpose.EVENT_LOOP) / millions);
    result.put(Metric.CPU_PUBLISHER_MILLION, used(before, after, Purpose.PUBLISHER) / millions);
    result.put(Metric.CPU_COMPILER_MILLION, used(before, after, Purpose.COMPILER) / millions);
    result.put(Metric.CPU_COLLECTOR_MILLION, used(before, after, Purpose.COLLECTOR) / millions);
  }

  /** who used the machine */
  private void shares(Reading before, Reading after) {
    double relay = after.usage().cpuSeconds() - before.usage().cpuSeconds();
    double generator = after.generator().cpuSeconds() - before.generator().cpuSeconds();
    double busy = after.machine().busySeconds() - before.machine().busySeconds();
    double idle = after.machine().idleSeconds() - before.machine().idleSeconds();
    double percent = 100 / after.secondsSince(before);
    result.put(Metric.GENERATOR_PERCENT, generator * percent);
    result.put(Metric.OTHERS_PERCENT, Math.max(0, busy - relay - generator) * percent);
    result.put(Metric.IDLE_PERCENT, idle * percent);
  }

  private static double used(Reading before, Reading after, Purpose purpose) {
    return after.usage().secondsSince(before.usage(), purpose);
  }

  private void recovery(Reading before, Reading after, double packets) {
    double lost = after.viewers().lost() - before.viewers().lost();
    result.put(Metric.LOST, lost);
    result.put(Metric.IN_TIME, packets / (packets + lost) * 100);
    result.put(Metric.THROWN_AWAY, after.thrownAway() - before.thrownAway());
    result.put(Metric.RECOVERED, after.viewers().recovered() - before.viewers().recovered());
  }

  private void delays(ViewerTotals viewers) {
    put(Metric.DELAY_50, viewers.delay(), 50);
    put(Metric.DELAY_99, viewers.delay(), 99);
    put(Metric.DELAY_999, viewers.delay(), 99.9);
    put(Metric.RECOVERY_50, viewers.recoveryDelay(), 50);
    put(Metric.RECOVERY_99, viewers.recoveryDelay(), 99);
    put(Metric.JOIN_PACKET_50, viewers.joinToPacket(), 50);
    put(Metric.JOIN_PACKET_100, viewers.joinToPacket(), 100);
    put(Metric.JOIN_KEYFRAME_50, viewers.joinToKeyframe(), 50);
    put(Metric.JOIN_KEYFRAME_100, viewers.joinToKeyframe(), 100);
  }

  private void put(Metric metric, Histogram histogram, double percentile) {
    if (histogram.getTotalCount() > 0) {
      result.put(metric, histogram.getValueAtPercentile(percentile) / NANOS_A_MILLI);
    }
  }
}
