package dev.sluice.benchmarks;

import dev.sluice.benchmarks.baseline.MdnsListeners;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
  private static final int PORT = 5353;
  private static final byte[] NAME = "sluice-benchmark".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOMAIN = "local".getBytes(StandardCharsets.US_ASCII);
  private static final long PROBING_MILLIS = 2_000;
  private static final long PATIENCE_NANOS = 50_000_000;

  /** sessions that listen */
  @Param({"1", "10", "64"})
  public int listeners;

  private final List<JmDNS> open = new ArrayList<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final byte[] message = announcement();
  private MulticastSocket socket;
  private DatagramPacket packet;
  private DatagramPacket unheard;

  @Setup
  public void open() throws IOException, ReflectiveOperationException, InterruptedException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int i = 0; i < listeners; i++) {
      JmDNS listener = MdnsListeners.open("listener-" + i);
      countRecords(listener);
      open.add(listener);
    }
    socket = new MulticastSocket();
    socket.setOption(
        java.net.StandardSocketOptions.IP_MULTICAST_IF,
        NetworkInterface.getByInetAddress(loopback));
    packet = to("224.0.0.251");
    unheard = to("224.0.0.252");
    Thread.sleep(PROBING_MILLIS);
  }

  @TearDown
  public void close() throws IOException {
    socket.close();
    for (JmDNS listener : open) {
      listener.close();
    }
  }

  @Benchmark
  public void floor() throws IOException {
    socket.send(unheard);
  }

  @Benchmark
  public int announcementHeard() throws IOException {
    heard.set(0);
    message[message.length - 1]++;
    socket.send(packet);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (heard.get() < listeners && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(1_000);
    }
    return heard.get();
  }

  private DatagramPacket to(String group) {
    return new DatagramPacket(message, message.length, new InetSocketAddress(group, PORT));
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

  /** a response with one address record (RFC 1035, section 4.1; RFC 6762, section 10.2) */
  private static byte[] announcement() {
    ByteBuffer buffer = ByteBuffer.allocate(128);
    buffer.putShort((short) 0).putShort((short) 0x8400);
    buffer.putShort((short) 0).putShort((short) 1).putShort((short) 0).putShort((short) 0);
    buffer.put((byte) NAME.length).put(NAME).put((byte) DOMAIN.length).put(DOMAIN).put((byte) 0);
    buffer.putShort((short) 1).putShort((short) 0x8001).putInt(120).putShort((short) 4);
    buffer.put(new byte[] {127, 0, 0, 1});
    byte[] message = new byte[buffer.position()];
    buffer.flip().get(message);
    return message;
  }
}
