package dev.sluice;

import dev.sluice.check.Check;
import dev.sluice.srtp.SrtpProfile;
import java.security.Provider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions of WebRTC peers, of viewers and of those that publish. */
public final class SessionOptions extends OptionGroup<SessionOptions> {
  private static final int MAX_HANDSHAKE_THREADS = 256;

  /** the defaults */
  public static final SessionOptions DEFAULT = new SessionOptions();

  private List<SrtpProfile> srtpProfiles =
      List.of(
          SrtpProfile.AEAD_AES_128_GCM,
          SrtpProfile.AEAD_AES_256_GCM,
          SrtpProfile.AES_CM_128_HMAC_SHA1_80);
  private @Nullable Provider cipherProvider;
  private Duration reportInterval = Duration.ofSeconds(3);
  private Duration consentTimeout = Duration.ofSeconds(30);
  private Duration connectTimeout = Duration.ofSeconds(30);
  private int handshakeThreads =
      Math.min(MAX_HANDSHAKE_THREADS, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  private int maxViewers = 10_000;
  private int maxConnecting = 1_024;
  private @Nullable PlayoutDelay playoutDelay;
  private Duration warmUp = Duration.ZERO;
  private boolean forwardErrorCorrection;

  private SessionOptions() {}

  /**
   * {@return what is accepted, the most wanted first. Default AEAD_AES_128_GCM, AEAD_AES_256_GCM,
   * AES_CM_128_HMAC_SHA1_80; GCM costs about half}
   */
  public List<SrtpProfile> srtpProfiles() {
    return srtpProfiles;
  }

  /**
   * With other SRTP profiles.
   *
   * @param profiles the most wanted first
   * @return the changed options
   */
  public SessionOptions withSrtpProfiles(SrtpProfile... profiles) {
    return with(copy -> copy.srtpProfiles = List.of(profiles));
  }

  /**
   * {@return JCA provider of the packet ciphers, and of the handshakes' P-256 and P-384 where it
   * has them; null, the default, for the JDK's choice and Bouncy Castle's curves}
   */
  public @Nullable Provider cipherProvider() {
    return cipherProvider;
  }

  /**
   * With ciphers of a named provider.
   *
   * @param provider of the packet ciphers, and of curves where it has them
   * @return the changed options
   */
  public SessionOptions withCipherProvider(Provider provider) {
    return with(copy -> copy.cipherProvider = provider);
  }

  /**
   * {@return mean time between RTCP reports, 100 ms to 60 s. Default 3 s; a shorter one costs
   * traffic and wake-ups in proportion}
   */
  public Duration reportInterval() {
    return reportInterval;
  }

  /**
   * With another interval of RTCP reports.
   *
   * @param interval mean time between two
   * @return the changed options
   */
  public SessionOptions withReportInterval(Duration interval) {
    return with(copy -> copy.reportInterval = interval);
  }

  /**
   * {@return silence after which a peer is gone, 5 s to 5 min; one that was made an offer is asked
   * every 4 to 6 s, and not gone before 18 s. Default 30 s (RFC 7675)}
   */
  public Duration consentTimeout() {
    return consentTimeout;
  }

  /**
   * With another time limit of silence.
   *
   * @param silence after which a peer is gone
   * @return the changed options
   */
  public SessionOptions withConsentTimeout(Duration silence) {
    return with(copy -> copy.consentTimeout = silence);
  }

  /**
   * {@return how long a peer may take for ICE and DTLS, 1 s to 5 min, of which its first valid
   * check takes 10 s at most. Default 30 s}
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * With another time limit of connecting.
   *
   * @param time how long a peer may take for ICE and DTLS
   * @return the changed options
   */
  public SessionOptions withConnectTimeout(Duration time) {
    return with(copy -> copy.connectTimeout = time);
  }

  /**
   * {@return how many DTLS handshakes are computed at a time, 1 to 256; idle threads end. They only
   * compute, so more than there are processors take time from media. Default half the number of
   * processors, at least 1}
   */
  public int handshakeThreads() {
    return handshakeThreads;
  }

  /**
   * With another limit of handshakes.
   *
   * @param threads DTLS handshakes at a time
   * @return the changed options
   */
  public SessionOptions withHandshakeThreads(int threads) {
    return with(copy -> copy.handshakeThreads = threads);
  }

  /** {@return sessions at a time, 1 to 1,000,000. Default 10,000} */
  public int maxViewers() {
    return maxViewers;
  }

  /**
   * With another limit of sessions.
   *
   * @param sessions of viewers and of peers that publish, at a time
   * @return the changed options
   */
  public SessionOptions withMaxViewers(int sessions) {
    return with(copy -> copy.maxViewers = sessions);
  }

  /**
   * {@return sessions at a time that have not connected yet, 1 to 1,000,000; the oldest gives way
   * to a further one. Default 1,024}
   */
  public int maxConnecting() {
    return maxConnecting;
  }

  /**
   * With another limit of sessions that have not connected yet.
   *
   * @param sessions at a time
   * @return the changed options
   */
  public SessionOptions withMaxConnecting(int sessions) {
    return with(copy -> copy.maxConnecting = sessions);
  }

  /**
   * {@return how long viewers are to hold pictures back, where they offer to be told; null for
   * their own choice. Default null}
   */
  public @Nullable PlayoutDelay playoutDelay() {
    return playoutDelay;
  }

  /**
   * With a playout delay.
   *
   * @param delay how long viewers are to hold pictures back, in steps of 10 ms; null for their own
   *     choice
   * @return the changed options
   */
  public SessionOptions withPlayoutDelay(@Nullable PlayoutDelay delay) {
    return with(copy -> copy.playoutDelay = delay);
  }

  /**
   * {@return how long {@code build()} lets an engine of its own play to itself before it returns, 0
   * to 60 s; 0, the default, not at all. The JVM has then compiled what the first viewers need, who
   * otherwise cost several times as much. It stays on the loopback address, and the host hears
   * nothing of it}
   */
  public Duration warmUp() {
    return warmUp;
  }

  /**
   * With a warm-up.
   *
   * @param time that it takes
   * @return the changed options
   */
  public SessionOptions withWarmUp(Duration time) {
    return with(copy -> copy.warmUp = time);
  }

  /**
   * {@return whether pictures are protected by forward error correction (FlexFEC-03) for viewers
   * that offer it, while they report losses over a path whose round trip is 100 ms or more. Default
   * false}
   */
  public boolean forwardErrorCorrection() {
    return forwardErrorCorrection;
  }

  /**
   * With or without forward error correction.
   *
   * @param enabled whether it is negotiated, and used where it is worth it
   * @return the changed options
   */
  public SessionOptions withForwardErrorCorrection(boolean enabled) {
    return with(copy -> copy.forwardErrorCorrection = enabled);
  }

  void validate() {
    Check.option(
        !srtpProfiles.isEmpty(), "session.srtpProfiles", srtpProfiles, "at least one profile");
    Check.range(
        "session.reportInterval", reportInterval, Duration.ofMillis(100), Duration.ofSeconds(60));
    Check.range(
        "session.consentTimeout", consentTimeout, Duration.ofSeconds(5), Duration.ofMinutes(5));
    Check.range(
        "session.connectTimeout", connectTimeout, Duration.ofSeconds(1), Duration.ofMinutes(5));
    Check.range("session.handshakeThreads", handshakeThreads, 1, MAX_HANDSHAKE_THREADS);
    Check.range("session.maxViewers", maxViewers, 1, 1_000_000);
    Check.range("session.maxConnecting", maxConnecting, 1, 1_000_000);
    Check.range("session.warmUp", warmUp, Duration.ZERO, Duration.ofSeconds(60));
  }
}
