package dev.sluice.stream;

import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.LateJoin;
import dev.sluice.codec.MediaKind;
import dev.sluice.log.LogLimits;

/** How much a track's log keeps under an engine's options. */
final class LogSizes {

  /** an event loop may be held up that long by the machine before its viewers are overtaken */
  private static final long LEAST_HISTORY_NANOS = 150_000_000;

  private static final int VIDEO_SEGMENT_BYTES = 16 << 10;
  private static final int AUDIO_SEGMENT_BYTES = 4 << 10;

  private LogSizes() {}

  static LogLimits of(EngineConfiguration configuration, MediaKind kind) {
    boolean video = kind == MediaKind.VIDEO;
    HistoryOptions history = configuration.history();
    long wanted = configuration.retransmission().enabled() ? history.duration().toNanos() : 0;
    return new LogLimits(
        video ? VIDEO_SEGMENT_BYTES : AUDIO_SEGMENT_BYTES,
        history.maxBytes(),
        Math.max(wanted, LEAST_HISTORY_NANOS),
        video && history.lateJoin() == LateJoin.NEWEST_KEYFRAME);
  }
}
