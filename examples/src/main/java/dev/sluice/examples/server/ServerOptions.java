package dev.sluice.examples.server;

import dev.sluice.OptionSet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the server runs. {@link CommandLine} makes one from arguments.
 *
 * @param host local address of page, WHEP and RTSP
 * @param webrtcHost local address of media; browsers have to reach one of its addresses
 * @param httpPort TCP port of the page and of WHEP; 0 takes any free one, as for the other ports
 * @param rtspPort TCP port that encoders publish to
 * @param webrtcPort UDP port of all viewers' media
 * @param publicAddresses where viewers reach {@code webrtcPort}; none for the local addresses
 * @param optionSet of the engine
 * @param srtp preferred encryption
 * @param consentTimeout silence after which a viewer is gone
 * @param verbose whether to log what happens, not only what goes wrong
 */
public record ServerOptions(
    InetAddress host,
    InetAddress webrtcHost,
    int httpPort,
    int rtspPort,
    int webrtcPort,
    List<InetAddress> publicAddresses,
    OptionSet optionSet,
    SrtpPreference srtp,
    Duration consentTimeout,
    boolean verbose) {

  /** Makes the list immutable. */
  public ServerOptions {
    publicAddresses = List.copyOf(publicAddresses);
  }
}
