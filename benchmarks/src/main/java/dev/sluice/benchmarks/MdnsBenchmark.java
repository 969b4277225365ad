package dev.sluice.benchmarks;

import dev.sluice.benchmarks.baseline.MdnsAnnouncements;
import dev.sluice.benchmarks.baseline.MdnsListeners;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.jmdns.JmDNS;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * mDNS: one announcement on the loopback interface that all listeners take notice of. The floor,
 * and what this relay pays, is no listener: the announcement is sent and nobody hears it. Look at
 * the CPU time of the process.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class MdnsBenchmark {
  private static final long PROBING_MILLIS = 2_000;
  private static final long PATIENCE_NANOS = 50_000_000;

  /** sessions that listen */
  @Param({"1", "10", "64"})
  public int listeners;

  private final List<JmDNS> open = new ArrayList<>();
  private final AtomicInteger heard = new AtomicInteger();
  private MdnsAnnouncements announcements;

  @Setup
  public void open() throws IOException, ReflectiveOperationException, InterruptedException {
    for (int i = 0; i < listeners; i++) {
      JmDNS listener = MdnsListeners.open("listener-" + i);
      countRecords(listener);
      open.add(listener);
    }
    announcements = new MdnsAnnouncements();
    Thread.sleep(PROBING_MILLIS);
  }

  @TearDown
  public void close() throws IOException {
    announcements.close();
    for (JmDNS listener : open) {
      listener.close();
    }
  }

  @Benchmark
  public void floor() throws IOException {
    announcements.announceToNobody();
  }

  @Benchmark
  public int announcementHeard() throws IOException {
    heard.set(0);
    announcements.announce();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (heard.get() < listeners && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(1_000);
    }
    return heard.get();
  }

  /** JmDNS tells of single records through an interface that is not public */
  private void countRecords(JmDNS listener) throws ReflectiveOperationException {
    Class<?> type = Class.forName("javax.jmdns.impl.DNSListener");
    InvocationHandler count =
        (proxy, method, arguments) -> {
          if (method.getName().equals("updateRecord")) {
            heard.incrementAndGet();
            return null;
          }
          return method.getName().equals("equals") ? proxy == arguments[0] : 0;
        };
    Object counter = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, count);
    Class<?> question = Class.forName("javax.jmdns.impl.DNSQuestion");
    Method add = listener.getClass().getMethod("addListener", type, question);
    add.invoke(listener, counter, null);
  }
}
