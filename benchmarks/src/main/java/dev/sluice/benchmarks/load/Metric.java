package dev.sluice.benchmarks.load;

import java.util.Locale;

/** The figures of a run, in the order of the table. */
enum Metric {
  CPU_PERCENT("CPU of the relay", "% of a core", 1),
  CPU_PERCENT_STREAM("  a stream", "%", 3),
  LOOPS_PERCENT("  event loops", "% of a core", 1),
  LOOP_LEAST_PERCENT("    the least busy one", "% of a core", 1),
  LOOP_MOST_PERCENT("    the busiest one", "% of a core", 1),
  PUBLISHER_PERCENT("  thread of the pushing host", "% of a core", 1),
  GENERATOR_PERCENT("CPU of the load generator's process", "% of a core", 1),
  OTHERS_PERCENT("CPU of all else on the machine", "% of a core", 1),
  IDLE_PERCENT("CPU that nobody used", "% of a core", 1),
  SENT_RATE("packets sent", "1/s", 0),
  SENT_RATE_CORE("  a core that event loops had", "1/s", 0),
  CPU_MILLION("CPU a million packets", "s", 3),
  CPU_STEADY_MILLION("  all but the compiler", "s", 3),
  CPU_MILLION_10("  seconds 0 to 10, all", "s", 3),
  CPU_MILLION_30("  seconds 10 to 30, all", "s", 3),
  CPU_MILLION_60("  seconds 30 to 60, all", "s", 3),
  COMPILER_MILLION_10("  seconds 0 to 10, the compiler", "s", 3),
  COMPILER_MILLION_30("  seconds 10 to 30, the compiler", "s", 3),
  COMPILER_MILLION_60("  seconds 30 to 60, the compiler", "s", 3),
  CPU_USER_MILLION("  user", "s", 3),
  CPU_SYSTEM_MILLION("  system", "s", 3),
  CPU_LOOPS_MILLION("  event loops", "s", 3),
  CPU_PUBLISHER_MILLION("  thread of the pushing host", "s", 3),
  CPU_COMPILER_MILLION("  compiler", "s", 3),
  CPU_COLLECTOR_MILLION("  garbage collection", "s", 3),
  FRAME_RATE("frames delivered and checked", "1/s", 0),
  CPU_FRAME("CPU a frame delivered", "us", 1),
  FLOOR_MILLION("floor: all but the compiler", "s", 3),
  FLOOR_RATIO("CPU a packet to the floor, both so", "times", 2),
  HEAP_FIXED("heap, no stream", "MB", 2),
  HEAP_LOADED("heap, all viewers", "MB", 2),
  HEAP_BEYOND("  beyond that of no stream", "MB", 2),
  HEAP_STREAM("  a stream", "MB", 3),
  HEAP_VIEWER("  a viewer", "KB", 1),
  RESIDENT_FIXED("process memory, no stream", "MB", 1),
  RESIDENT("process memory, all viewers", "MB", 1),
  RESIDENT_STREAM("  a stream with its viewers", "MB", 3),
  RESIDENT_VIEWER("  a viewer with its share of streams", "KB", 1),
  ALLOCATION("allocation", "MB/s", 2),
  ALLOCATION_PACKET("  a packet", "B", 1),
  COLLECTIONS("garbage collections", "", 0),
  THREADS_FIXED("threads of the process, no stream", "", 0),
  THREADS("threads of the process", "", 0),
  RTCP_SENT("RTCP to a viewer", "B/s", 1),
  RTCP_RECEIVED("RTCP from a viewer", "B/s", 1),
  PACKET_RATE("packets delivered and checked", "1/s", 0),
  MEGABITS("  UDP payload", "Mbit/s", 1),
  LOST("packets lost", "", 0),
  NOT_SEEN("packets sent, and nothing seen of them", "", 0),
  SOCKET_DROPS("datagrams viewers' sockets had no room for", "", 0),
  WRONG("packets wrong or forged", "", 0),
  IN_TIME("packets in time", "%", 4),
  THROWN_AWAY("datagrams thrown away on the way", "", 0),
  RECOVERED("packets recovered", "", 0),
  RESENT("packets sent again", "", 0),
  RESYNCHRONISATIONS("viewers that fell behind", "", 0),
  DELAY_50("forwarding delay p50", "ms", 3),
  DELAY_99("forwarding delay p99", "ms", 3),
  DELAY_999("forwarding delay p99.9", "ms", 3),
  RECOVERY_50("  of recovered packets p50", "ms", 1),
  RECOVERY_99("  of recovered packets p99", "ms", 1),
  JOIN_PACKET_50("join to first packet p50", "ms", 1),
  JOIN_PACKET_100("join to first packet, longest", "ms", 1),
  JOIN_KEYFRAME_50("join to first keyframe p50", "ms", 1),
  JOIN_KEYFRAME_100("join to first keyframe, longest", "ms", 1),
  FREEZES("pictures frozen", "", 0),
  SLOW_FRAMES("slow viewers: frames a viewer", "1/s", 1),
  SLOW_KILOBITS("  UDP payload a viewer", "kbit/s", 0),
  SLOW_LOST("  packets lost", "", 0),
  STORM_RATE("joins under way: done", "1/s", 1),
  STORM_FAILED("  failed", "", 0),
  STORM_CPU("  CPU of a join beyond media's", "ms", 2),
  STORM_CPU_STEADY("    all but the compiler", "ms", 2),
  STORM_RATE_CORE("  joins a second that a core would do", "1/s", 0),
  STORM_PACKET_50("  join to first packet p50", "ms", 1),
  STORM_PACKET_99("  join to first packet p99", "ms", 1),
  STORM_DELAY_50("  forwarding delay p50 meanwhile", "ms", 3),
  STORM_DELAY_99("  forwarding delay p99 meanwhile", "ms", 3),
  STORM_DELAY_RATIO("  times that p99 before", "", 2),
  STORM_FREEZES("  pictures frozen meanwhile", "", 0);

  private final String label;
  private final String unit;
  private final int digits;

  Metric(String label, String unit, int digits) {
    this.label = label;
    this.unit = unit;
    this.digits = digits;
  }

  String label() {
    return unit.isEmpty() ? label : label + " [" + unit + "]";
  }

  String format(double value) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
