package dev.sluice.whep;

import dev.sluice.PeerContext;
import dev.sluice.RelayEngine;
import dev.sluice.StreamName;
import dev.sluice.check.Check;
import dev.sluice.loop.RateLimitedLog;
import dev.sluice.pull.PullBuilder;
import dev.sluice.pull.PullTimes;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Collects the options of a {@link WhepPull}. Each method checks its value and throws an
 * IllegalArgumentException that names the option, the value and what is allowed.
 *
 * <p>Used by one thread; may be used again to start another pull.
 */
public final class WhepPullBuilder extends PullBuilder<WhepPullBuilder> {
  private static final String PRINTABLE = "printable ASCII";

  private final RelayEngine engine;
  private final String streamName;
  private final URI url;
  private @Nullable String bearerToken;
  private @Nullable HttpClient httpClient;
  private WhepPullListener listener = new WhepPullListener() {};

  WhepPullBuilder(RelayEngine engine, String streamName, String url) {
    this.engine = engine;
    this.streamName = StreamName.of(streamName);
    URI parsed = WhepUrl.parse(url);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "url is of another form, allowed is https://host:port/path?query or http://...");
    }
    this.url = parsed;
  }

  @Override
  protected WhepPullBuilder self() {
    return this;
  }

  /**
   * Sets the token that shows the endpoint who asks (RFC 6750). It is sent to the URL's host and
   * port alone, wherever the endpoint leads. Default: none.
   *
   * @param token printable ASCII; in clear text where the URL is {@code http://}
   * @return this
   */
  public WhepPullBuilder bearerToken(String token) {
    if (!Check.present("bearerToken", token, PRINTABLE).matches("[!-~]+")) {
      throw new IllegalArgumentException("bearerToken is of another form, allowed is " + PRINTABLE);
    }
    bearerToken = token;
    return this;
  }

  /**
   * Sets what sends the requests: with a proxy, or certificates of the host's own. Default: one for
   * all pulls, which trusts what the JVM trusts and follows no redirection unasked.
   *
   * @param client must not block the thread that it completes futures on
   * @return this
   */
  public WhepPullBuilder httpClient(HttpClient client) {
    httpClient = Check.present("httpClient", client, "an HttpClient");
    return this;
  }

  /**
   * Sets who hears how it goes. Default: nobody.
   *
   * @param host called on event loops
   * @return this
   */
  public WhepPullBuilder listener(WhepPullListener host) {
    listener = Check.present("listener", host, "a WhepPullListener");
    return this;
  }

  /**
   * Begins to pull: now, or when somebody wants the stream.
   *
   * @return the pull, which goes on until it is closed
   * @throws IllegalStateException if the engine is closed
   */
  public WhepPull start() {
    if (!engine.health().open()) {
      throw new IllegalStateException("the engine is closed");
    }
    PullTimes times = times();
    HttpClient client = httpClient == null ? WhepClient.shared() : httpClient;
    return WhepPull.start(
        new WhepContext(
            engine,
            streamName,
            PeerContext.NONE,
            url,
            new WhepClient(client, url, bearerToken, times.responseTimeoutNanos()),
            times,
            engine.eventLoops().next(),
            System::nanoTime,
            new SecureRandom(),
            new RateLimitedLog(LoggerFactory.getLogger(WhepPull.class), System::nanoTime)),
        listener);
  }
}
