package dev.sluice;

import dev.sluice.srtp.SrtpProfile;
import java.security.Provider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Viewers' sessions.
 *
 * @param srtpProfiles what is accepted, the most wanted first. Default AEAD_AES_128_GCM,
 *     AEAD_AES_256_GCM, AES_CM_128_HMAC_SHA1_80; GCM costs about half
 * @param cipherProvider JCA provider of the packet ciphers; null, the default, for the JDK's choice
 * @param reportInterval mean time between RTCP reports, 100 ms to 60 s. Default 3 s; a shorter one
 *     costs traffic and wake-ups in proportion
 * @param consentTimeout silence after which a viewer is gone, 5 s to 5 min. Default 30 s (RFC 7675)
 * @param connectTimeout how long a viewer may take for ICE and DTLS, 1 s to 5 min, of which its
 *     first valid check takes 10 s at most. Default 30 s
 * @param handshakeThreads how many DTLS handshakes run at a time, 1 to 256; idle threads end.
 *     Default 16
 * @param maxViewers sessions at a time, 1 to 1,000,000. Default 10,000
 * @param maxConnecting sessions at a time that have not connected yet, 1 to 1,000,000; the oldest
 *     gives way to a further one. Default 1,024
 */
public record SessionOptions(
    List<SrtpProfile> srtpProfiles,
    @Nullable Provider cipherProvider,
    Duration reportInterval,
    Duration consentTimeout,
    Duration connectTimeout,
    int handshakeThreads,
    int maxViewers,
    int maxConnecting) {

  /** the defaults */
  public static final SessionOptions DEFAULT =
      new SessionOptions(
          List.of(
              SrtpProfile.AEAD_AES_128_GCM,
              SrtpProfile.AEAD_AES_256_GCM,
              SrtpProfile.AES_CM_128_HMAC_SHA1_80),
          null,
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          16,
          10_000,
          1_024);

  /**
   * Makes the list immutable.
   *
   * @param srtpProfiles see above
   * @param cipherProvider see above
   * @param reportInterval see above
   * @param consentTimeout see above
   * @param connectTimeout see above
   * @param handshakeThreads see above
   * @param maxViewers see above
   * @param maxConnecting see above
   */
  public SessionOptions {
    srtpProfiles = List.copyOf(srtpProfiles);
  }

  /**
   * With other SRTP profiles.
   *
   * @param profiles the most wanted first
   * @return the changed options
   */
  public SessionOptions withSrtpProfiles(SrtpProfile... profiles) {
    return new SessionOptions(
        List.of(profiles),
        cipherProvider,
        reportInterval,
        consentTimeout,
        connectTimeout,
        handshakeThreads,
        maxViewers,
        maxConnecting);
  }

  /**
   * With ciphers of a named provider.
   *
   * @param provider of the packet ciphers
   * @return the changed options
   */
  public SessionOptions withCipherProvider(Provider provider) {
    return new SessionOptions(
        srtpProfiles,
        provider,
        reportInterval,
        consentTimeout,
        connectTimeout,
        handshakeThreads,
        maxViewers,
        maxConnecting);
  }

  /**
   * With another interval of RTCP reports.
   *
   * @param interval mean time between two
   * @return the changed options
   */
  public SessionOptions withReportInterval(Duration interval) {
    return new SessionOptions(
        srtpProfiles,
        cipherProvider,
        interval,
        consentTimeout,
        connectTimeout,
        handshakeThreads,
        maxViewers,
        maxConnecting);
  }

  /**
   * With other time limits.
   *
   * @param consent silence after which a viewer is gone
   * @param connect how long a viewer may take for ICE and DTLS
   * @return the changed options
   */
  public SessionOptions withTimeouts(Duration consent, Duration connect) {
    return new SessionOptions(
        srtpProfiles,
        cipherProvider,
        reportInterval,
        consent,
        connect,
        handshakeThreads,
        maxViewers,
        maxConnecting);
  }

  /**
   * With other limits.
   *
   * @param handshakes DTLS handshakes at a time
   * @param viewers sessions at a time
   * @return the changed options
   */
  public SessionOptions withLimits(int handshakes, int viewers) {
    return new SessionOptions(
        srtpProfiles,
        cipherProvider,
        reportInterval,
        consentTimeout,
        connectTimeout,
        handshakes,
        viewers,
        maxConnecting);
  }

  /**
   * With another limit of sessions that have not connected yet.
   *
   * @param viewers at a time
   * @return the changed options
   */
  public SessionOptions withMaxConnecting(int viewers) {
    return new SessionOptions(
        srtpProfiles,
        cipherProvider,
        reportInterval,
        consentTimeout,
        connectTimeout,
        handshakeThreads,
        maxViewers,
        viewers);
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
    Check.range("session.handshakeThreads", handshakeThreads, 1, 256);
    Check.range("session.maxViewers", maxViewers, 1, 1_000_000);
    Check.range("session.maxConnecting", maxConnecting, 1, 1_000_000);
  }
}
