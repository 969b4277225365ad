package dev.sluice.stream;

import dev.sluice.BitrateListener;
import dev.sluice.FrameInput;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.PublisherStatistics;
import dev.sluice.RtpInput;
import dev.sluice.TrackDescription;
import dev.sluice.TrackStatistics;
import dev.sluice.jfr.FlightRecord;
import dev.sluice.loop.SafeCall;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One publisher of a stream, with an input a track. */
final class Publication implements Publisher {
  private final RelayedStream stream;
  private final PublishedTracks encoding;
  private final List<TrackDescription> descriptions;
  private final PublisherContext context;
  private final Instant startedAt = Instant.now();
  private final Map<String, LogInput> inputs = new LinkedHashMap<>();
  private final List<Runnable> keyframeListeners = new CopyOnWriteArrayList<>();
  private final List<BitrateListener> bitrateListeners = new CopyOnWriteArrayList<>();
  private final Map<String, Long> bitrateHints = new ConcurrentHashMap<>();
  private final Consumer<Publication> onClose;
  private final AtomicBoolean keyframeMissed = new AtomicBoolean();
  private volatile boolean closed;

  Publication(
      RelayedStream stream,
      PublishedTracks encoding,
      List<TrackDescription> tracks,
      PublisherContext context,
      Consumer<Publication> onClose) {
    this.stream = stream;
    this.encoding = encoding;
    this.context = Objects.requireNonNull(context, "context");
    this.onClose = onClose;
    descriptions = List.copyOf(tracks);
  }

  @Override
  public RelayedStream stream() {
    return stream;
  }

  /** which of the stream's encodings it publishes */
  PublishedTracks encoding() {
    return encoding;
  }

  @Override
  public List<TrackDescription> tracks() {
    return descriptions;
  }

  @Override
  public PublisherContext context() {
    return context;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public PublisherStatistics statistics() {
    Map<String, TrackStatistics> tracks = new LinkedHashMap<>();
    inputs.forEach((name, input) -> tracks.put(name, input.statistics()));
    return PublisherStatistics.of(tracks);
  }

  @Override
  public RtpInput rtp(String name) {
    return track(name).as(LogInput.Form.RTP_PACKETS);
  }

  @Override
  public FrameInput frames(String name) {
    return track(name).as(LogInput.Form.FRAMES);
  }

  @Override
  public LogInput track(String name) {
    LogInput input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException(
          "no track '" + name + "' was announced, there are " + inputs.keySet());
    }
    return input;
  }

  @Override
  public void onKeyframeRequest(Runnable listener) {
    keyframeListeners.add(Objects.requireNonNull(listener, "listener"));
    if (keyframeMissed.getAndSet(false)) {
      SafeCall.run(listener);
    }
  }

  @Override
  public void onBitrateHint(BitrateListener listener) {
    bitrateListeners.add(Objects.requireNonNull(listener, "listener"));
    bitrateHints.forEach(
        (track, bitrate) -> SafeCall.run(() -> listener.bitrateHint(track, bitrate)));
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    onClose.accept(this);
  }

  void add(LogInput input) {
    inputs.put(input.name(), input);
  }

  /** the thread that writes this publisher's media, null while unknown */
  @Nullable Thread writer() {
    for (LogInput input : inputs.values()) {
      if (input.writer() != null) {
        return input.writer();
      }
    }
    return null;
  }

  List<LogInput> inputs() {
    return List.copyOf(inputs.values());
  }

  /** the inputs that carry a picture */
  List<LogInput> pictures() {
    return inputs.values().stream().filter(input -> input.track().isVideo()).toList();
  }

  void markClosed() {
    closed = true;
  }

  void requestKeyframe() {
    FlightRecord.keyframeAskedFor(this);
    keyframeMissed.set(keyframeListeners.isEmpty());
    keyframeListeners.forEach(SafeCall::run);
  }

  boolean wantsBitrateHints() {
    return !bitrateListeners.isEmpty();
  }

  void hintBitrate(String track, long bitrate) {
    FlightRecord.bitrateHint(this, track, bitrate);
    if (bitrate == BitrateListener.UNLIMITED) {
      bitrateHints.remove(track);
    } else {
      bitrateHints.put(track, bitrate);
    }
    bitrateListeners.forEach(listener -> SafeCall.run(() -> listener.bitrateHint(track, bitrate)));
  }
}
