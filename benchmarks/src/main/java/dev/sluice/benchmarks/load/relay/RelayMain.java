package dev.sluice.benchmarks.load.relay;

import dev.sluice.NetworkOptions;
import dev.sluice.PeerContext;
import dev.sluice.PeerSession;
import dev.sluice.RateOptions;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.SessionOptions;
import dev.sluice.Viewer;
import dev.sluice.rtsp.RtspServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The relay under load: an engine on a loopback address.
 *
 * <pre>
 * publish STREAMS KBIT FRAMERATE   begins to push that many streams, "s0", "s1" and so on
 * saturate                         has them send without a pace, as much as the engine takes
 * unpublish                        ends them
 * rtsp                             answers with the port to publish to over RTSP
 * play STREAM OFFER                answers with ID ANSWER; both SDPs in base64
 * ingest STREAM OFFER              answers the same for a peer that publishes
 * mdns                             each viewer that comes from now on gets a listener
 * listeners                        answers with how many there are
 * profile                          begins to sample the CPU time
 * profiled FILE                    ends it and writes the stacks
 * gc                               collects all garbage, answers with the bytes of heap in use
 * statistics                       answers with name=number pairs
 * </pre>
 */
public final class RelayMain {
  private static final int COLLECTIONS = 3;

  private final RelayEngine engine;
  private final RtspServer rtsp;
  private final SessionMdns mdns;
  private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();
  private @Nullable PushPublisher publisher;

  private RelayMain(RelayEngine engine, RtspServer rtsp, SessionMdns mdns) {
    this.engine = engine;
    this.rtsp = rtsp;
    this.mdns = mdns;
  }

  /**
   * Runs until standard input ends.
   *
   * @param args option set, RTCP interval in milliseconds, event loops, handshake threads or 0 for
   *     the default, seconds of warm-up, whether viewers get what their links carry
   * @throws Exception if the engine cannot start
   */
  public static void main(String[] args) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NetworkOptions network =
        NetworkOptions.DEFAULT.withBindAddress(anyPort).withEventLoops(Integer.parseInt(args[2]));
    RelayEngineBuilder builder = RelayEngine.builder().network(network);
    SessionMdns mdns = new SessionMdns();
    RelaySet.valueOf(args[0]).apply(builder, session(args[1], args[3], args[4]), mdns);
    if (!Boolean.parseBoolean(args[5])) {
      builder.rate(RateOptions.OFF);
    }
    try (RelayEngine engine = builder.build();
        RtspServer rtsp = RtspServer.builder(engine).bind(anyPort)) {
      ControlLoop.run(new RelayMain(engine, rtsp, mdns)::handle);
    }
    Runtime.getRuntime().halt(0);
  }

  private static SessionOptions session(String reportMillis, String threads, String warmUp) {
    SessionOptions options =
        SessionOptions.DEFAULT
            .withReportInterval(Duration.ofMillis(Long.parseLong(reportMillis)))
            .withWarmUp(Duration.ofSeconds(Long.parseLong(warmUp)));
    int handshakeThreads = Integer.parseInt(threads);
    return handshakeThreads == 0 ? options : options.withHandshakeThreads(handshakeThreads);
  }

  private String handle(String verb, String[] arguments) throws IOException {
    return switch (verb) {
      case "publish" -> publish(arguments);
      case "saturate" -> saturate();
      case "unpublish" -> unpublish();
      case "rtsp" -> Integer.toString(rtsp.localAddress().getPort());
      case "play" -> play(arguments[0], arguments[1]);
      case "ingest" -> ingest(arguments[0], arguments[1]);
      case "mdns" -> mdns.enable();
      case "listeners" -> Integer.toString(mdns.size());
      case "profile" -> CpuProfiler.start();
      case "profiled" -> CpuProfiler.stop(Path.of(arguments[0]));
      case "gc" -> Long.toString(heapAfterCollection());
      case "statistics" -> RelayFigures.line(engine, viewers.values());
      default -> throw new IllegalArgumentException("no command " + verb);
    };
  }

  private String publish(String[] arguments) throws IOException {
    unpublish();
    publisher =
        new PushPublisher(
            engine,
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
    return "ok";
  }

  private String saturate() throws IOException {
    Objects.requireNonNull(publisher).saturate(engine);
    return "ok";
  }

  private String unpublish() throws IOException {
    if (publisher != null) {
      publisher.close();
      publisher = null;
    }
    return "ok";
  }

  private String play(String stream, String offer) {
    Viewer viewer = engine.play(stream, decoded(offer));
    viewers.put(viewer.id(), viewer);
    viewer.onClose(() -> viewers.remove(viewer.id()));
    return answer(viewer);
  }

  private String ingest(String stream, String offer) {
    return answer(engine.ingest(stream, decoded(offer), PeerContext.NONE));
  }

  private static String decoded(String offer) {
    return new String(Base64.getDecoder().decode(offer), StandardCharsets.UTF_8);
  }

  private static String answer(PeerSession session) {
    byte[] answer = session.answer().getBytes(StandardCharsets.UTF_8);
    return session.id() + ' ' + Base64.getEncoder().encodeToString(answer);
  }

  private static long heapAfterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
