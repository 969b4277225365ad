package dev.sluice.benchmarks.load.relay;

import com.sun.management.ThreadMXBean;
import dev.sluice.RelayEngine;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the relay knows of itself, as a line of name=number pairs. */
final class RelayFigures {
  private static final Map<Long, Long> ALLOCATED = new HashMap<>();

  private RelayFigures() {}

  static String line(RelayEngine engine, Collection<Viewer> viewers) {
    List<ViewerStatistics> each = viewers.stream().map(Viewer::statistics).toList();
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("allocated", allocatedBytes());
    figures.put("collections", collections());
    figures.put("direct", directBytes(engine));
    figures.put("viewers", (long) engine.statistics().viewers());
    figures.put("packetsSent", sum(each, ViewerStatistics::packetsSent));
    figures.put("resent", sum(each, ViewerStatistics::retransmittedPacketsSent));
    figures.put("resynchronisations", sum(each, ViewerStatistics::resynchronisations));
    figures.put("rtcpSent", sum(each, ViewerStatistics::rtcpBytesSent));
    figures.put("rtcpReceived", sum(each, ViewerStatistics::rtcpBytesReceived));
    return figures.entrySet().stream()
        .map(figure -> figure.getKey() + '=' + figure.getValue())
        .collect(Collectors.joining(" "));
  }

  private static long sum(List<ViewerStatistics> each, ToLongFunction<ViewerStatistics> figure) {
    return each.stream().mapToLong(figure).sum();
  }

  /** by all threads that lived at one of the calls; what ended threads had, stays */
  private static synchronized long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      ALLOCATED.merge(ids[i], bytes[i], Math::max);
    }
    return ALLOCATED.values().stream().mapToLong(Long::longValue).sum();
  }

  /** of the JDK's buffers, and of Netty's pool, which the JDK does not know of */
  private static long directBytes(RelayEngine engine) {
    long ofJdk =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return engine.allocator() instanceof ByteBufAllocatorMetricProvider pool
        ? ofJdk + pool.metric().usedDirectMemory()
        : ofJdk;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
