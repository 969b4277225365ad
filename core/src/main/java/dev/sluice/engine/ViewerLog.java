package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.PeerContext;
import dev.sluice.Viewer;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.RateLimitedLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Warns of viewers that do not get what they came for, and says what to do about it. */
final class ViewerLog {
  private final RateLimitedLog log;

  ViewerLog(EngineClock clock) {
    log = new RateLimitedLog(LoggerFactory.getLogger(ViewerLog.class), clock::nanos);
  }

  void refused(String streamName, PeerContext context, Exception cause) {
    log.warn(
        "Refused a viewer of '%s' from %s: %s"
            .formatted(streamName, place(context.signallingAddress()), cause.getMessage()));
  }

  void ended(Viewer viewer) {
    String advice = adviceOn(viewer.disconnectReason());
    if (advice != null) {
      log.warn(
          "Lost a viewer of '%s' at %s: %s"
              .formatted(
                  viewer.stream().name(),
                  place(
                      viewer.remoteAddress() == null
                          ? viewer.context().signallingAddress()
                          : viewer.remoteAddress()),
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
