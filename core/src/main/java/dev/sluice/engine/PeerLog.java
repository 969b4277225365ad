package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.PeerContext;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.RateLimitedLog;
import dev.sluice.webrtc.HostedPeer;
import dev.sluice.webrtc.PeerViewer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Warns of peers that do not get what they came for, and says what to do about it. */
final class PeerLog {
  static final String VIEWER = "viewer";
  static final String PUBLISHER = "publisher";

  private final RateLimitedLog log;

  PeerLog(Logger logger, EngineClock clock) {
    log = new RateLimitedLog(logger, clock::nanos);
  }

  void refused(String role, String streamName, PeerContext context, Exception cause) {
    log.warn(
        "Refused a %s of '%s' from %s: %s"
            .formatted(role, streamName, place(context.signallingAddress()), cause.getMessage()));
  }

  void ended(HostedPeer peer) {
    String advice = adviceOn(peer.disconnectReason());
    if (advice != null) {
      log.warn(
          "Lost a %s of '%s' at %s: %s"
              .formatted(
                  peer instanceof PeerViewer ? VIEWER : PUBLISHER,
                  peer.streamName(),
                  place(
                      peer.remoteAddress() == null
                          ? peer.context().signallingAddress()
                          : peer.remoteAddress()),
                  advice));
    }
  }

  private static String place(@Nullable Object address) {
    return address == null ? "an unknown address" : address.toString();
  }

  private static @Nullable String adviceOn(@Nullable DisconnectReason reason) {
    if (reason == null) {
      return null;
    }
    return switch (reason) {
      case CONNECT_TIMEOUT ->
          "it did not connect in time; see that the addresses in the answer reach this machine"
              + " (network.bindAddress, network.publicAddresses) and that the UDP port is open";
      case EVICTED ->
          "it had not connected and gave way to a newer one; raise session.maxConnecting if those"
              + " are genuine";
      case HANDSHAKE_FAILED ->
          "its DTLS handshake failed; its certificate is not the one of its offer, or it has no"
              + " SRTP profile of session.srtpProfiles, or no DTLS 1.2";
      case KEYS_EXHAUSTED -> "its keys reached the end of their life; it has to come anew";
      default -> null;
    };
  }
}
