package dev.sluice.whep;

import dev.sluice.Ingest;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.loop.Handover;
import dev.sluice.pull.PullTimes;
import dev.sluice.pull.WantedStream;
import dev.sluice.spi.SourceOnDemand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that is fetched from a WHEP endpoint (draft-ietf-wish-whep), another relay's for
 * instance, and published in the engine.
 *
 * <pre>{@code
 * WhepPull copy =
 *     WhepPull.builder(engine, "cam1", "https://origin.example/cam1/whep")
 *         .bearerToken("secret")
 *         .onDemand(true)
 *         .start();
 * }</pre>
 *
 * <p>Where the session ends it is made anew, later each time, and viewers go on. It takes one video
 * and one audio track, asks for lost packets again, and for a keyframe when viewers need one. The
 * endpoint is left by DELETE, where the session's URL is on the host that made it. Tokens and URLs
 * are not logged, only host and port.
 *
 * <p>It runs on the engine's event loops and the threads of a {@link java.net.http.HttpClient}, so
 * close it before the engine. Safe for any thread.
 */
public final class WhepPull implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WhepPull.class);

  /** What a pull does. */
  public enum State {
    /** nothing: nobody wants the stream, or it is closed */
    IDLE,
    /** it makes its offer, and connects */
    CONNECTING,
    /** the stream is published */
    PLAYING,
    /** it waits before it tries again */
    WAITING
  }

  private final WhepContext context;
  private final WhepKeeper keeper;
  private final RelayListener sessions = new Sessions();
  private SourceOnDemand.@Nullable Registration registration;

  private WhepPull(WhepContext context, WhepPullListener listener) {
    this.context = context;
    keeper = new WhepKeeper(context, this, listener);
  }

  /**
   * Configures a pull.
   *
   * @param engine where the stream is published; it must outlive the pull
   * @param streamName under which name, in any spelling
   * @param url of the endpoint, {@code https://...} or {@code http://...}, without user and
   *     password
   * @return a builder with the defaults
   * @throws IllegalArgumentException for such a name, or another URL; the message does not quote it
   */
  public static WhepPullBuilder builder(RelayEngine engine, String streamName, String url) {
    return new WhepPullBuilder(engine, streamName, url);
  }

  static WhepPull start(WhepContext context, WhepPullListener listener) {
    WhepPull pull = new WhepPull(context, listener);
    PullTimes times = context.times();
    context.engine().addListener(pull.sessions);
    if (times.onDemand()) {
      Runnable begin = pull.keeper::start;
      Runnable end = pull.keeper::stop;
      pull.registration =
          context
              .engine()
              .onDemand(new WantedStream(context.streamName(), times, context.loop(), begin, end));
    } else {
      context.loop().execute(pull.keeper::start);
    }
    return pull;
  }

  /** {@return the stream's name} */
  public String streamName() {
    return context.streamName();
  }

  /** {@return how it stands, and what was counted until now} */
  public WhepPullStatistics statistics() {
    return keeper.statistics();
  }

  /**
   * Leaves the endpoint, which ends the stream's media. Returns when the session is told to end; on
   * an event loop of the engine, at once.
   */
  @Override
  public void close() {
    if (registration != null) {
      registration.close();
    }
    context.engine().removeListener(sessions);
    if (!Handover.await(context.loop(), keeper::stop)) {
      LOG.warn("The engine was closed before '{}' was not pulled any more", streamName());
    }
  }

  /** Tells the keeper when its session is connected, of all that the engine has. */
  private final class Sessions implements RelayListener {
    @Override
    public void ingestConnected(Ingest ingest) {
      if (ingest.streamName().equals(streamName())) {
        context.loop().execute(() -> keeper.connected(ingest));
      }
    }
  }
}
