package dev.sluice.examples.server;

import dev.sluice.OptionSet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the server runs, as its command line says it. {@link ServerCommand} makes one. */
@Command(
    name = "RelayServer",
    description = "Relays live streams from encoders to WebRTC viewers.",
    footer = "%nPort 0 takes any free port.",
    abbreviateSynopsis = true)
public interface ServerOptions {

  /** {@return local address of page, WHEP and RTSP} */
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "local address of page, WHEP and RTSP (${DEFAULT-VALUE})")
  InetAddress host();

  /** {@return local address of media; browsers have to reach one of its addresses} */
  @Option(
      names = "--webrtc-host",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description =
          "local address of media (${DEFAULT-VALUE}, all interfaces, since browsers do not reach a"
              + " relay by loopback alone)")
  InetAddress webrtcHost();

  /** {@return TCP port of the page and of WHEP; 0 takes any free one, as for the other ports} */
  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8889",
      converter = ServerCommand.Port.class,
      description = "page and WHEP, TCP (${DEFAULT-VALUE})")
  int httpPort();

  /** {@return TCP port that encoders publish to} */
  @Option(
      names = "--rtsp-port",
      paramLabel = "PORT",
      defaultValue = "8554",
      converter = ServerCommand.Port.class,
      description = "encoders publish here, TCP (${DEFAULT-VALUE})")
  int rtspPort();

  /** {@return UDP port of all viewers' media} */
  @Option(
      names = "--webrtc-port",
      paramLabel = "PORT",
      defaultValue = "8189",
      converter = ServerCommand.Port.class,
      description = "media of all viewers, UDP (${DEFAULT-VALUE})")
  int webrtcPort();

  /** {@return TCP port for viewers whose UDP does not get through; null for none} */
  @Option(
      names = "--webrtc-tcp-port",
      paramLabel = "PORT",
      converter = ServerCommand.Port.class,
      description = "media over TCP too, for browsers whose UDP does not get through (none)")
  @Nullable Integer webrtcTcpPort();

  /** {@return where viewers reach {@link #webrtcPort}; null for the local addresses} */
  @Option(
      names = "--public-address",
      paramLabel = "ADDRESS",
      description =
          "where viewers reach the ports of media, for a host behind 1:1 NAT; may be given several"
              + " times")
  @Nullable List<InetAddress> publicAddresses();

  /** {@return what the engine's options start with} */
  @Option(
      names = "--option-set",
      paramLabel = "NAME",
      defaultValue = "resilient",
      description = "low-overhead or resilient (${DEFAULT-VALUE})")
  OptionSet optionSet();

  /** {@return whether every viewer gets the stream as it comes} */
  @Option(
      names = "--no-rate-control",
      description = "every viewer gets the stream as it comes, whatever its link carries")
  boolean noRateControl();

  /** {@return whether pictures are protected by forward error correction where it is worth it} */
  @Option(
      names = "--fec",
      description = "forward error correction for viewers that lose packets over long paths")
  boolean fec();

  /** {@return preferred encryption} */
  @Option(
      names = "--srtp",
      paramLabel = "NAME",
      defaultValue = "gcm",
      description = "preferred encryption, gcm or aes-cm (${DEFAULT-VALUE})")
  SrtpPreference srtp();

  /** {@return silence after which a viewer is gone} */
  @Option(
      names = "--consent-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      converter = ServerCommand.ConsentTimeout.class,
      description = "silence after which a viewer is gone, 5 to 300 (${DEFAULT-VALUE})")
  Duration consentTimeout();

  /** {@return how long the relay plays to itself before it serves} */
  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "0",
      converter = ServerCommand.WarmUp.class,
      description =
          "play to itself first, so that the first viewers cost no more than others, 0 to 60"
              + " (${DEFAULT-VALUE})")
  Duration warmUp();

  /** {@return whether to log what happens, not only what goes wrong} */
  @Option(names = "--verbose", description = "log what happens, not only what goes wrong")
  boolean verbose();
}
