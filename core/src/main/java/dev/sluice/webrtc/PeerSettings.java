package dev.sluice.webrtc;

import dev.sluice.loop.EngineClock;
import dev.sluice.srtp.dtls.DtlsServer;
import java.security.Provider;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of an engine share.
 *
 * @param directory routes datagrams to sessions
 * @param dtls makes the handshakes
 * @param cipherProvider of the packet ciphers, null for the JDK's choice
 * @param reportIntervalNanos mean time between RTCP reports
 * @param connectTimeoutNanos how long ICE and DTLS may take together
 * @param clock the engine's clock and the wall clock
 * @param random spreads reports
 */
public record PeerSettings(
    PeerDirectory directory,
    DtlsServer dtls,
    @Nullable Provider cipherProvider,
    long reportIntervalNanos,
    long connectTimeoutNanos,
    EngineClock clock,
    RandomGenerator random) {

  /** the same for sessions that are found in another directory */
  PeerSettings in(PeerDirectory other) {
    return new PeerSettings(
        other, dtls, cipherProvider, reportIntervalNanos, connectTimeoutNanos, clock, random);
  }
}
