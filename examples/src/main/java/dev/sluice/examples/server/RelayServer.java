package dev.sluice.examples.server;

import dev.sluice.NetworkOptions;
import dev.sluice.RateOptions;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.RelayListener;
import dev.sluice.SessionOptions;
import dev.sluice.examples.clip.Clip;
import dev.sluice.examples.clip.ClipPublisher;
import dev.sluice.ice.IpLiteral;
import dev.sluice.rtsp.RtspServer;
import dev.sluice.signalling.Decision;
import dev.sluice.whep.WhepHandler;
import dev.sluice.whip.WhipHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/**
 * A relay server: encoders publish by RTSP, browsers publish by WHIP and watch by WHEP, and the
 * stream {@code demo} is always there. Run it with {@code --help} for its options.
 */
public final class RelayServer implements AutoCloseable {
  private static final String DEMO = "demo";

  private final ServerOptions options;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private int httpPort;

  private RelayServer(ServerOptions options) {
    this.options = options;
  }

  /**
   * Runs the server until the process is told to end.
   *
   * @param args options, see {@code --help}
   */
  public static void main(String[] args) {
    int status = ServerCommand.execute(RelayServer::run, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static void run(ServerOptions options) throws StartupException {
    if (options.verbose()) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
    RelayServer server = start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    System.out.println("Sluice is ready: open " + server.address().resolve(DEMO));
  }

  /**
   * Starts a server.
   *
   * @param options how it runs
   * @throws StartupException if a port cannot be used, for instance; nothing is left running
   */
  public static RelayServer start(ServerOptions options) throws StartupException {
    RelayServer server = new RelayServer(options);
    try {
      server.startParts();
      return server;
    } catch (StartupException failure) {
      server.close();
      throw failure;
    }
  }

  /** where its page is */
  public URI address() {
    InetAddress host =
        options.host().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : options.host();
    String literal = IpLiteral.of(host);
    String authority = literal.contains(":") ? '[' + literal + ']' : literal;
    return URI.create("http://" + authority + ':' + httpPort + '/');
  }

  /** Ends everything, in the opposite order of starting. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        System.err.println("closing failed: " + failure);
      }
    }
  }

  private void startParts() throws StartupException {
    RelayEngine engine = engine();
    parts.push(engine);
    RtspServer rtsp = keep("RTSP", "TCP", rtspAddress(), "--rtsp-port", () -> rtspServer(engine));
    int rtspPort = rtsp.localAddress().getPort();
    InetSocketAddress httpAddress = new InetSocketAddress(options.host(), options.httpPort());
    HttpFront http =
        keep("HTTP", "TCP", httpAddress, "--http-port", () -> httpFront(engine, rtspPort));
    httpPort = http.port();
    try {
      parts.push(ClipPublisher.start(engine, DEMO, Clip.sample()));
    } catch (IOException failure) {
      throw new StartupException(
          "the sample clip cannot be read: " + failure.getMessage(), failure);
    }
  }

  private RelayEngine engine() throws StartupException {
    RelayEngineBuilder builder = RelayEngine.builder().optionSet(options.optionSet());
    if (options.noRateControl()) {
      builder.rate(RateOptions.OFF);
    }
    builder
        .network(
            NetworkOptions.DEFAULT
                .withBindAddress(webrtcAddress())
                .withPublicAddresses(publicAddresses())
                .withIceTcpAddress(webrtcTcpAddress()))
        .session(
            SessionOptions.DEFAULT
                .withSrtpProfiles(options.srtp().profiles())
                .withConsentTimeout(options.consentTimeout())
                .withForwardErrorCorrection(options.fec())
                .withWarmUp(options.warmUp()))
        .listener(RelayListener.logging());
    try {
      return builder.build();
    } catch (Exception failure) {
      throw cannotListen(failure);
    }
  }

  /** of the two ports of media, the engine names the one that it cannot have */
  private StartupException cannotListen(Exception failure) {
    InetSocketAddress tcp = webrtcTcpAddress();
    return tcp != null && String.valueOf(failure.getMessage()).contains("network.iceTcpAddress")
        ? StartupException.cannotListen("WebRTC", "TCP", tcp, "--webrtc-tcp-port", failure)
        : StartupException.cannotListen("WebRTC", "UDP", webrtcAddress(), "--webrtc-port", failure);
  }

  private RtspServer rtspServer(RelayEngine engine) {
    return RtspServer.builder(engine)
        .authorizer(request -> !Router.isReserved(request.streamName()))
        .bind(rtspAddress());
  }

  private List<InetAddress> publicAddresses() {
    return Objects.requireNonNullElse(options.publicAddresses(), List.of());
  }

  private InetSocketAddress webrtcAddress() {
    return new InetSocketAddress(options.webrtcHost(), options.webrtcPort());
  }

  private @Nullable InetSocketAddress webrtcTcpAddress() {
    Integer port = options.webrtcTcpPort();
    return port == null ? null : new InetSocketAddress(options.webrtcHost(), port);
  }

  private InetSocketAddress rtspAddress() {
    return new InetSocketAddress(options.host(), options.rtspPort());
  }

  private HttpFront httpFront(RelayEngine engine, int rtspPort) throws Exception {
    Router router =
        new Router(
            new PageFiles(),
            () -> StreamList.of(rtspPort, engine.streams()),
            new SignallingEndpoint(
                whip(engine), new WhepHandler(engine, WhepHandler.options().build())));
    Handler handler = new Handler.Sequence(new DashboardApi(engine), router);
    return HttpFront.start(options.host(), options.httpPort(), handler);
  }

  private static WhipHandler whip(RelayEngine engine) {
    return new WhipHandler(
        engine,
        WhipHandler.options()
            .authorizer(
                access ->
                    CompletableFuture.completedFuture(
                        Router.isReserved(access.stream())
                            ? Decision.forbidden()
                            : Decision.allow()))
            .build());
  }

  private <T extends AutoCloseable> T keep(
      String what, String transport, InetSocketAddress address, String option, Starter<T> starter)
      throws StartupException {
    try {
      T part = starter.start();
      parts.push(part);
      return part;
    } catch (Exception failure) {
      throw StartupException.cannotListen(what, transport, address, option, failure);
    }
  }

  private interface Starter<T> {
    T start() throws Exception;
  }
}
