package dev.sluice.examples.server;

import dev.sluice.DisconnectReason;
import dev.sluice.EngineStatistics;
import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.TrackStatistics;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import dev.sluice.ViewerTotals;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard shows, as of one moment; its components are the JSON. Counters are totals:
 * rates are for the page to make.
 *
 * @param millis when, on a clock that begins anywhere
 * @param process what the server's process uses
 * @param engine the relay
 * @param sessions viewers that came and went
 * @param traffic of all viewers there were
 * @param streams in the order of their names
 * @param viewers of the one stream that was asked for, the newest first
 */
record Snapshot(
    long millis,
    ProcessFigures process,
    EngineFigures engine,
    Sessions sessions,
    Traffic traffic,
    List<StreamFigures> streams,
    List<ViewerFigures> viewers) {

  /** CPU time since the start, and memory. */
  record ProcessFigures(long cpuMillis, long heapUsed, long heapMax) {

    private static ProcessFigures now() {
      Runtime runtime = Runtime.getRuntime();
      return new ProcessFigures(
          ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis(),
          runtime.totalMemory() - runtime.freeMemory(),
          runtime.maxMemory());
    }
  }

  /** See {@link EngineStatistics}. */
  record EngineFigures(
      String transport,
      boolean segmenting,
      int eventLoops,
      int viewers,
      long datagrams,
      long bytes,
      long sendErrors) {

    private static EngineFigures of(EngineStatistics engine) {
      return new EngineFigures(
          engine.transport(),
          engine.segmenting(),
          engine.eventLoops(),
          engine.viewers(),
          engine.datagramsSent(),
          engine.bytesSent(),
          engine.sendErrors());
    }
  }

  /** Viewers that were connected, and how many are gone, by reason; others than those too. */
  record Sessions(long joins, Map<DisconnectReason, Long> disconnects) {

    private static Sessions of(ViewerTotals totals) {
      return new Sessions(
          totals.connected(),
          totals.disconnected().entrySet().stream()
              .filter(reason -> reason.getValue() > 0)
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
  }

  /** A stream, the sum over all viewers since it began, and what its encodings are called. */
  record StreamFigures(
      String name,
      boolean live,
      int viewers,
      Traffic traffic,
      List<TrackFigures> tracks,
      List<String> renditions) {

    private static StreamFigures of(LiveStream stream) {
      return new StreamFigures(
          stream.name(),
          stream.isLive(),
          stream.viewers().size(),
          Traffic.of(stream),
          stream.publisher().map(TrackFigures::of).orElse(List.of()),
          stream.renditions().stream().map(each -> each.context().rendition()).toList());
    }
  }

  /** What came in on a track, see {@link TrackStatistics}. */
  record TrackFigures(
      String codec,
      long packets,
      long bytes,
      long lost,
      long malformed,
      long keyframes,
      @Nullable Long keyframeAgeMillis,
      int viewersWaiting,
      int logBytes) {

    private static List<TrackFigures> of(Publisher publisher) {
      return publisher.tracks().stream()
          .map(track -> of(track, publisher.track(track.name()).statistics()))
          .toList();
    }

    private static TrackFigures of(TrackDescription track, TrackStatistics in) {
      return new TrackFigures(
          track.codec().name(),
          in.packets(),
          in.bytes(),
          in.lost(),
          in.malformed(),
          in.keyframes(),
          in.keyframeAgeNanos() < 0
              ? null
              : Long.valueOf(TimeUnit.NANOSECONDS.toMillis(in.keyframeAgeNanos())),
          in.viewersWaiting(),
          in.logBytes());
    }
  }

  /** A viewer, see {@link ViewerStatistics}. */
  record ViewerFigures(
      String tag,
      @Nullable String address,
      @Nullable String userAgent,
      long startedAtMillis,
      boolean connected,
      Traffic traffic,
      @Nullable Double roundTripMillis,
      long resynchronisations,
      @Nullable String srtp,
      @Nullable String rendition,
      long estimatedBitrate,
      boolean thinned,
      long withheld,
      long behindMillis) {

    private static ViewerFigures of(Viewer viewer) {
      ViewerStatistics statistics = viewer.statistics();
      return new ViewerFigures(
          SessionTag.of(viewer),
          text(viewer.remoteAddress()),
          viewer.context().userAgent(),
          viewer.startedAt().toEpochMilli(),
          viewer.isConnected(),
          Traffic.of(viewer),
          statistics.roundTripTime() == null
              ? null
              : Double.valueOf(statistics.roundTripTime().toNanos() / 1e6),
          statistics.resynchronisations(),
          statistics.srtpProfile() == null ? null : statistics.srtpProfile().name(),
          statistics.rendition(),
          statistics.estimatedBitrate(),
          statistics.thinned(),
          statistics.accessUnitsWithheld(),
          TimeUnit.NANOSECONDS.toMillis(statistics.behindLiveNanos()));
    }

    private static @Nullable String text(@Nullable InetSocketAddress address) {
      return address == null ? null : address.toString().replaceFirst("^.*/", "");
    }
  }

  static Snapshot of(RelayEngine engine, @Nullable String viewersOf) {
    EngineStatistics statistics = engine.statistics();
    List<StreamFigures> streams =
        engine.streams().stream()
            .map(StreamFigures::of)
            .sorted(Comparator.comparing(StreamFigures::name))
            .toList();
    return new Snapshot(
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
        ProcessFigures.now(),
        EngineFigures.of(statistics),
        Sessions.of(statistics.viewerTotals()),
        Traffic.of(
            statistics.viewerTotals(),
            streams.stream().mapToLong(stream -> stream.traffic().lost()).sum()),
        streams,
        Optional.ofNullable(viewersOf).flatMap(engine::stream).stream()
            .flatMap(stream -> stream.viewers().stream())
            .map(ViewerFigures::of)
            .sorted(Comparator.comparingLong(ViewerFigures::startedAtMillis).reversed())
            .toList());
  }
}
