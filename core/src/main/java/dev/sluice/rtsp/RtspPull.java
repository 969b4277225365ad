package dev.sluice.rtsp;

import dev.sluice.RelayEngine;
import dev.sluice.check.Check;
import dev.sluice.loop.Handover;
import dev.sluice.pull.PullTimes;
import dev.sluice.pull.WantedStream;
import dev.sluice.spi.SourceOnDemand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that is fetched from an RTSP 1.0 server (RFC 2326), a camera for instance, and published
 * in the engine.
 *
 * <pre>{@code
 * RtspPull camera =
 *     RtspPull.builder(engine, "cam1", "rtsp://192.0.2.7/stream1")
 *         .credentials("viewer", "secret")
 *         .onDemand(true)
 *         .start();
 * }</pre>
 *
 * <p>Where the connection ends it is made anew, later each time, and viewers go on. It takes one
 * video and one audio track. The source gets receiver reports (RFC 3550) and, when viewers need a
 * keyframe, a picture loss indication (RFC 4585). Passwords and URLs are not logged, only host and
 * port.
 *
 * <p>It runs on the engine's event loops, so close it before the engine. Safe for any thread.
 */
public final class RtspPull implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RtspPull.class);

  /** What a pull does. */
  public enum State {
    /** nothing: nobody wants the stream, or it is closed */
    IDLE,
    /** it connects, and agrees with the source on what is sent */
    CONNECTING,
    /** the stream is published */
    PLAYING,
    /** it waits before it tries again */
    WAITING
  }

  private final PullContext context;
  private final PullKeeper keeper;
  private final Map<String, PullKeeper> renditions = new LinkedHashMap<>();
  private SourceOnDemand.@Nullable Registration registration;

  private RtspPull(PullContext context, PullUrl source, RtspPullListener listener) {
    this.context = context;
    keeper = new PullKeeper(context, source, this, listener);
  }

  private void add(PullContext rendition, PullUrl source) {
    PullKeeper added = new PullKeeper(rendition, source, this, new RtspPullListener() {});
    renditions.put(rendition.rendition(), added);
  }

  /**
   * Configures a pull.
   *
   * @param engine where the stream is published; it must outlive the pull
   * @param streamName under which name, in any spelling
   * @param url {@code rtsp://host:port/path?query}; may hold user name and password
   * @return a builder with the defaults
   * @throws IllegalArgumentException for such a name, or another URL; the message does not quote it
   */
  public static RtspPullBuilder builder(RelayEngine engine, String streamName, String url) {
    return new RtspPullBuilder(engine, streamName, url);
  }

  static RtspPull start(
      RelayEngine engine,
      PullContext context,
      PullUrl source,
      Map<PullContext, PullUrl> renditions,
      RtspPullListener listener) {
    RtspPull pull = new RtspPull(context, source, listener);
    renditions.forEach(pull::add);
    PullTimes times = context.options().times();
    if (times.onDemand()) {
      pull.registration =
          engine.onDemand(
              new WantedStream(
                  context.streamName(), times, context.loop(), pull::startAll, pull::stopAll));
    } else {
      context.loop().execute(pull::startAll);
    }
    return pull;
  }

  private void startAll() {
    keeper.start();
    renditions.values().forEach(PullKeeper::start);
  }

  private void stopAll() {
    renditions.values().forEach(PullKeeper::stop);
    keeper.stop();
  }

  /** {@return the stream's name} */
  public String streamName() {
    return context.streamName();
  }

  /** {@return how it stands, and what was counted until now; of the stream's own encoding} */
  public RtspPullStatistics statistics() {
    return keeper.statistics();
  }

  /**
   * How it stands with another encoding.
   *
   * @param rendition that was named to the builder
   * @return the same of that one
   * @throws IllegalArgumentException for one that was not named
   */
  public RtspPullStatistics statistics(String rendition) {
    PullKeeper named = renditions.get(rendition);
    Check.option(named != null, "rendition", rendition, "one of " + renditions.keySet());
    return Objects.requireNonNull(named).statistics();
  }

  /**
   * Leaves the source, which ends the stream's media. Returns when that is done; on an event loop
   * of the engine, at once.
   */
  @Override
  public void close() {
    if (registration != null) {
      registration.close();
    }
    if (!Handover.await(context.loop(), this::stopAll)) {
      LOG.warn("The engine was closed before '{}' was not pulled any more", streamName());
    }
  }
}
