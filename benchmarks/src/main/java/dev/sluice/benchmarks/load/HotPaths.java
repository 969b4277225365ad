package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sums the CPU samples of a profile, a line of stack and count each, by what was done. */
final class HotPaths {
  private static final int TOP_FRAMES = 25;

  /** what a sample is for: the first whose mark is in its stack */
  private enum Activity {
    COMPILER("compilation", "[C1 Compiler", "[C2 Compiler", "Compiler:"),
    COLLECTOR("garbage collection", "[VM Thread", "[GC Thread", "[G1 "),
    MDNS("mDNS", "javax/jmdns/"),
    RETRANSMISSION("retransmission", "session/Retransmitter.", "baseline/PacketCopies."),
    SHA1("SHA-1", "javax/crypto/Mac.", "sha1_"),
    AES("AES", "com/sun/crypto/", "javax/crypto/", "CounterMode", "aesctr", "ghash"),
    SEND("sending system calls", "sendmmsg", "sendmsg", "sendToAddress"),
    RECEIVE("receiving system calls", "recvmmsg", "recvmsg", "recvAddress", "recvFromAddress"),
    READ("reading of TCP", "Native.read", "ksys_read", "tcp_recvmsg"),
    WAIT("waiting for events", "epoll_wait", "epollWait"),
    WAKE("waking of event loops", "eventFdWrite", "eventfd_write"),
    PUBLISHER("the pushing host's thread, elsewhere", "[load-publisher"),
    ENGINE("event loops, elsewhere", "[sluice-loop"),
    OTHER("other threads", "");

    private final String label;
    private final String[] marks;

    Activity(String label, String... marks) {
      this.label = label;
      this.marks = marks;
    }

    static Activity of(String stack) {
      return Arrays.stream(values())
          .filter(path -> Arrays.stream(path.marks).anyMatch(stack::contains))
          .findFirst()
          .orElse(OTHER);
    }
  }

  private final Map<Activity, Long> paths = new EnumMap<>(Activity.class);
  private final Map<String, Long> frames = new HashMap<>();
  private long samples;

  private HotPaths() {}

  static HotPaths read(Path collapsed) throws IOException {
    HotPaths hot = new HotPaths();
    for (String line : Files.readAllLines(collapsed)) {
      int space = line.lastIndexOf(' ');
      hot.add(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }
    return hot;
  }

  private void add(String stack, long count) {
    samples += count;
    paths.merge(Activity.of(stack), count, Long::sum);
    frames.merge(stack.substring(stack.lastIndexOf(';') + 1), count, Long::sum);
  }

  String text() {
    StringBuilder out = new StringBuilder("CPU by hot path:\n");
    paths.entrySet().stream()
        .sorted(Map.Entry.<Activity, Long>comparingByValue().reversed())
        .forEach(path -> row(out, path.getValue(), path.getKey().label));
    out.append("CPU by method, itself:\n");
    List<Map.Entry<String, Long>> top =
        frames.entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed())
            .limit(TOP_FRAMES)
            .toList();
    top.forEach(frame -> row(out, frame.getValue(), frame.getKey()));
    return out.toString();
  }

  private void row(StringBuilder out, long count, String what) {
    out.append(String.format(Locale.ROOT, "%6.2f %%  %s%n", 100.0 * count / samples, what));
  }
}
