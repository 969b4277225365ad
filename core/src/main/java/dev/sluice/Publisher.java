package dev.sluice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The source of a stream: host code, or a protocol server on behalf of a remote encoder.
 *
 * <p>A newer publisher of the same stream takes its place; then {@link #isClosed} says so and what
 * is still written is dropped.
 */
public final class Publisher implements AutoCloseable {
  private final LiveStream stream;
  private final List<TrackDescription> descriptions;
  private final Map<String, TrackInput> inputs = new LinkedHashMap<>();
  private final List<Runnable> keyframeListeners = new CopyOnWriteArrayList<>();
  private final Consumer<Publisher> onClose;
  private final AtomicBoolean keyframeMissed = new AtomicBoolean();
  private volatile boolean closed;

  Publisher(LiveStream stream, List<TrackDescription> tracks, Consumer<Publisher> onClose) {
    this.stream = stream;
    this.onClose = onClose;
    descriptions = List.copyOf(tracks);
  }

  /** {@return the stream it feeds} */
  public LiveStream stream() {
    return stream;
  }

  /** {@return what was announced} */
  public List<TrackDescription> tracks() {
    return descriptions;
  }

  /**
   * Where to write a track's media.
   *
   * @param name the name in its {@link TrackDescription}
   * @return the track's input
   * @throws IllegalArgumentException for a name that was not announced
   */
  public TrackInput track(String name) {
    TrackInput input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException(
          "no track '" + name + "' was announced, there are " + inputs.keySet());
    }
    return input;
  }

  /**
   * Has the host told when viewers need a keyframe soon, at once if they did already. Requests are
   * throttled; ignoring them is allowed and makes viewers wait for the next regular one.
   *
   * @param listener called on any thread; must return at once
   */
  public void onKeyframeRequest(Runnable listener) {
    keyframeListeners.add(listener);
    if (keyframeMissed.getAndSet(false)) {
      listener.run();
    }
  }

  /** {@return whether it ended, or a newer publisher took its place} */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Ends the stream's media. Viewers still get what was flushed before; they stay, and go on when
   * the stream is published again.
   */
  @Override
  public void close() {
    onClose.accept(this);
  }

  void add(String name, TrackInput input) {
    inputs.put(name, input);
  }

  /** the thread that writes this publisher's media, null while unknown */
  @Nullable Thread writer() {
    for (TrackInput input : inputs.values()) {
      if (input.writer() != null) {
        return input.writer();
      }
    }
    return null;
  }

  Iterable<TrackInput> inputs() {
    return inputs.values();
  }

  void markClosed() {
    closed = true;
  }

  void requestKeyframe() {
    keyframeMissed.set(keyframeListeners.isEmpty());
    for (Runnable listener : keyframeListeners) {
      listener.run();
    }
  }
}
