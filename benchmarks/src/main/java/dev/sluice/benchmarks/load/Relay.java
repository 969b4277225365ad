package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.publish.RtspPublishers;
import dev.sluice.benchmarks.load.publish.WhipPublishers;
import dev.sluice.benchmarks.load.relay.RelayMain;
import dev.sluice.benchmarks.load.relay.RelaySet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The relay's process as this one sees it. Used by any thread. */
public final class Relay implements LoadedRelay {
  private static final int POLL_MILLIS = 20;
  private static final int POLLS = 250;
  private static final int LISTENER_POLLS = 6_000;

  private final ChildProcess process;
  private final Scenario.Publishing publishing;

  private Relay(ChildProcess process, Scenario.Publishing publishing) {
    this.process = process;
    this.publishing = publishing;
  }

  static Relay start(Scenario scenario, Variant variant) {
    return start(
        scenario.publishing(variant),
        scenario.jvmFlags(),
        variant.set(),
        variant.reportMillis(),
        variant.relayLoops(),
        variant.handshakeThreads(),
        variant.warmUpSeconds(),
        !scenario.saturated()); // or what is as fast as can be is fitted to the viewers' CPU
  }

  /**
   * Starts a relay.
   *
   * @param jvmFlags of its process
   * @param set of options
   * @param loops event loops
   * @return the relay, which ends with this process
   */
  public static Relay start(List<String> jvmFlags, RelaySet set, int loops) {
    return start(Scenario.Publishing.PUSH, jvmFlags, set, set.reportMillis(), loops, 0, 0, true);
  }

  private static Relay start(
      Scenario.Publishing publishing,
      List<String> jvmFlags,
      RelaySet set,
      int reportMillis,
      int loops,
      int handshakeThreads,
      int warmUpSeconds,
      boolean fitting) {
    return new Relay(
        ChildProcess.start(
            RelayMain.class,
            jvmFlags,
            List.of(
                set.name(),
                Integer.toString(reportMillis),
                Integer.toString(loops),
                Integer.toString(handshakeThreads),
                Integer.toString(warmUpSeconds),
                Boolean.toString(fitting))),
        publishing);
  }

  @Override
  public Closeable publish(int streams, Scenario scenario) throws IOException {
    int kilobits = scenario.kilobits();
    int frameRate = scenario.frameRate();
    return switch (publishing) {
      case RTSP -> new RtspPublishers(rtspPort(), streams, kilobits, frameRate);
      case WHIP -> new WhipPublishers(this::ingest, streams, kilobits, frameRate);
      case PUSH, SATURATE -> {
        push(streams, kilobits, frameRate);
        yield () -> process.command("unpublish");
      }
    };
  }

  private String ingest(String stream, String offer) {
    return answer("ingest", stream, offer);
  }

  /**
   * Has the relay's process push streams, called "s0", "s1" and so on.
   *
   * @param streams how many
   * @param kilobits a second of each
   * @param frameRate of each
   */
  public void push(int streams, int kilobits, int frameRate) {
    process.command("publish", streams, kilobits, frameRate);
  }

  /** {@return where encoders publish, on the loopback address} */
  public int rtspPort() {
    return Integer.parseInt(process.command("rtsp"));
  }

  /** {@return memory of the relay's process in RAM} */
  public long residentBytes() {
    return usage().residentBytes();
  }

  /** Has the pushed streams send as much as the relay takes. */
  void saturate() {
    process.command("saturate");
  }

  @Override
  public UnaryOperator<String> player(int stream) {
    return offer -> answer("play", "s" + stream, offer);
  }

  private String answer(String command, String stream, String offer) {
    String base64 = Base64.getEncoder().encodeToString(offer.getBytes(StandardCharsets.UTF_8));
    String answer = process.command(command, stream, base64).split(" ")[1];
    return new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8);
  }

  @Override
  public double heapAfterCollection() {
    return Long.parseLong(process.command("gc"));
  }

  @Override
  public Map<String, Long> statistics() {
    return Arrays.stream(process.command("statistics").split(" "))
        .map(pair -> pair.split("="))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
  }

  /** Begins to sample the relay's CPU time. */
  void profile() {
    process.command("profile");
  }

  /** Ends it. */
  HotPaths profiled(Path file) throws IOException {
    process.command("profiled", file.toAbsolutePath());
    return HotPaths.read(file);
  }

  @Override
  public ProcessUsage usage() {
    return ProcessUsage.of(process.pid());
  }

  /** Gives each viewer that comes from now on its mDNS listener, where the set has them. */
  void enableMdns() {
    process.command("mdns");
  }

  /** Waits until there are so many mDNS listeners. */
  void awaitListeners(int count) throws InterruptedException {
    for (int i = 0; i < LISTENER_POLLS; i++) {
      if (Integer.parseInt(process.command("listeners")) >= count) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException("the baseline's mDNS listeners are not there in time");
  }

  /** {@return files and sockets that the relay's process has open} */
  int descriptors() {
    String[] open = Path.of("/proc", Long.toString(process.pid()), "fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  @Override
  public void awaitViewers(int count) throws InterruptedException {
    for (int i = 0; i < POLLS && statistics().getOrDefault("viewers", 0L) > count; i++) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
