package dev.sluice.examples.recording;

import dev.sluice.Frame;
import dev.sluice.FrameReader;
import dev.sluice.RelayEngine;
import dev.sluice.codec.NalUnitFraming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one stream into files, each as long as the parameters of its tracks are the same. */
final class StreamRecording {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRecording.class);

  private final String stream;
  private final Path directory;
  private final FrameReader reader;
  private final RecordedTracks tracks;
  private @Nullable Mp4File file;
  private long gaps;
  private boolean closed;

  /**
   * Begins to record.
   *
   * @param engine whose stream
   * @param stream its name
   * @param directory for the files
   * @param thread that all happens on, and that this is called on
   * @throws dev.sluice.UnknownStreamException if there is no such stream
   */
  StreamRecording(RelayEngine engine, String stream, Path directory, Executor thread) {
    this.stream = stream;
    this.directory = directory;
    reader = engine.readFrames(stream, NalUnitFraming.LENGTHS, thread, this::readAll);
    tracks = new RecordedTracks(reader.tracks());
  }

  boolean isPublished() {
    return reader.isPublished();
  }

  private void readAll() {
    try {
      for (Frame frame = next(); frame != null; frame = next()) {
        take(frame);
      }
    } catch (Throwable e) { // of the disk, or of the library
      LOG.error("the recording of {} ends here", stream, e);
      close();
    }
  }

  private @Nullable Frame next() {
    return closed ? null : reader.next();
  }

  private void take(Frame frame) throws IOException {
    if (!tracks.take(frame)) {
      return;
    }
    if (file != null && !file.tracks().equals(tracks.list())) {
      closeFile();
    }
    if (file == null && tracks.canStartWith(frame)) {
      file = Mp4File.create(directory, stream, tracks.list(), frame.time());
      LOG.info("{} is recorded into {}", stream, file.path());
    }
    if (file != null) {
      gaps += frame.skippedBefore() ? 1 : 0;
      file.add(frame);
    }
  }

  /** reads what is there yet, and closes */
  void finish() {
    readAll();
    close();
  }

  /** completes the file with what was read */
  void close() {
    closed = true;
    reader.close();
    try {
      closeFile();
    } catch (Throwable e) {
      LOG.error("the last part of the recording of {} is missing", stream, e);
    }
  }

  private void closeFile() throws IOException {
    if (file != null) {
      Mp4File closing = file;
      file = null;
      closing.close();
      LOG.info("{} is complete; frames were missing in {} places", closing.path(), gaps);
      gaps = 0;
    }
  }
}
