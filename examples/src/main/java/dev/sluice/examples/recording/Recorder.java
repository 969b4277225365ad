package dev.sluice.examples.recording;

import dev.sluice.LiveStream;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.UnknownStreamException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records all that is published: each publisher into files of its own, named after the stream and
 * the time of the first picture.
 *
 * <p>It reads and writes on a thread of its own, so a slow disk holds up nobody: readers that are
 * seconds behind skip to the newest keyframe.
 */
public final class Recorder implements RelayListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int CLOSING_SECONDS = 30;

  private final RelayEngine engine;
  private final Path directory;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "recorder"));

  /** by the stream's name; the thread's */
  private final Map<String, StreamRecording> recordings = new HashMap<>();

  private Recorder(RelayEngine engine, Path directory) {
    this.engine = engine;
    this.directory = directory;
  }

  /**
   * Starts to record what is live, and what will be.
   *
   * @param engine whose streams
   * @param directory for the files; it exists
   * @return to be closed before the engine
   */
  public static Recorder start(RelayEngine engine, Path directory) {
    Recorder recorder = new Recorder(engine, directory);
    engine.addListener(recorder);
    engine.streams().stream().filter(LiveStream::isLive).forEach(recorder::streamUp);
    return recorder;
  }

  @Override
  public void streamUp(LiveStream stream) {
    thread.execute(() -> begin(stream.name()));
  }

  @Override
  public void streamDown(LiveStream stream) {
    thread.execute(() -> end(stream.name()));
  }

  /** where a publisher took another's place, that one's recording ends: tracks may be others */
  private void begin(String stream) {
    StreamRecording before = recordings.remove(stream);
    if (before != null) {
      before.close();
    }
    try {
      recordings.put(stream, new StreamRecording(engine, stream, directory, thread));
    } catch (UnknownStreamException e) {
      LOG.info("{} ended before it was recorded", stream);
    }
  }

  private void end(String stream) {
    StreamRecording recording = recordings.get(stream);
    if (recording != null && !recording.isPublished()) {
      recordings.remove(stream);
      recording.finish();
    }
  }

  private void endAll() {
    recordings.values().forEach(StreamRecording::finish);
    recordings.clear();
  }

  /** Ends all recordings and waits until their files are complete. */
  @Override
  public void close() {
    engine.removeListener(this);
    thread.execute(this::endAll);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("recordings are still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
