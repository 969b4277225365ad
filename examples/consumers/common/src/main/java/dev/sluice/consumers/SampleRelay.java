package dev.sluice.consumers;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.examples.clip.Clip;
import dev.sluice.examples.clip.ClipPublisher;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import dev.sluice.whep.WhepHandler;
import io.netty.util.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Publishes the sample clip as {@code demo}, and answers WHEP for the host's HTTP server. */
public final class SampleRelay implements AutoCloseable {
  private final RelayEngine engine;
  private final ClipPublisher clip;
  private final WhepHandler whep;

  /** Starts on any free port of the loopback address, and prints what it runs on. */
  public SampleRelay() {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    engine = RelayEngine.builder().network(NetworkOptions.DEFAULT.withBindAddress(anyPort)).build();
    clip = ClipPublisher.start(engine, "demo", sample());
    whep = new WhepHandler(engine, WhepHandler.options().build());
    System.out.printf("Netty %s, %s%n", nettyVersion(), engine.statistics().transport());
  }

  /**
   * The port that a host of this collection serves.
   *
   * @return what the system property http.port says
   */
  public static int httpPort() {
    return Integer.getInteger("http.port", 8889);
  }

  /**
   * Answers a request below {@code /demo/whep}.
   *
   * @param method in upper case
   * @param path as in the request target
   * @param headers one value each
   * @param body at most a byte longer than the handler takes
   */
  public SignallingResponse answer(String method, String path, Map<String, String> headers, byte[] body) {
    return whep.handle(
        new SignallingRequest(method, path, headers, new String(body, StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    clip.close();
    engine.close();
  }

  private static Clip sample() {
    try {
      return Clip.sample();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** as far as a shaded jar still says it */
  private static String nettyVersion() {
    return Version.identify(RelayEngine.class.getClassLoader()).values().stream()
        .map(Version::artifactVersion)
        .distinct()
        .collect(Collectors.joining(" and "));
  }
}
