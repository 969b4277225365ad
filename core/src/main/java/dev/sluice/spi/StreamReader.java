package dev.sluice.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads the tracks of one stream. It outlives publishers, as viewers do: when another one comes it
 * goes on with that one's media. All methods are called on the executor that it was opened with.
 */
public interface StreamReader extends AutoCloseable {

  /** Opens readers, as {@link dev.sluice.RelayEngine#read} does. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a reader.
     *
     * @param streamName the stream's name
     * @param loop one thread that the reader is used on
     * @param news run on it when there is something to read
     * @return the reader, to be closed by the caller
     * @throws dev.sluice.UnknownStreamException if there is no such stream
     */
    StreamReader read(String streamName, Executor loop, Runnable news);

    /**
     * Waits for a stream that a source publishes on demand.
     *
     * @param streamName the stream's name
     * @return completed on any thread when the stream can be read, or will not be there; who waits
     *     no longer cancels its {@link CompletionStage#toCompletableFuture}
     */
    default CompletionStage<?> demand(String streamName) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** {@return the tracks that were published when it was opened, in that order} */
  List<TrackReader> tracks();

  /**
   * {@return whether somebody publishes any of its tracks at this moment, and picture and sound in
   * no other codecs than it reads}
   */
  boolean isPublished();

  /** {@return now on the engine's clock, in nanoseconds} */
  long nanos();

  /**
   * A moment as an NTP timestamp, as sender reports tell it (RFC 3550, section 6.4.1).
   *
   * @param nanos the moment on the engine's clock
   * @return seconds since 1900 in 32.32 fixed point
   */
  long ntp(long nanos);

  /** Reads no more and lets go of the stream. */
  @Override
  void close();
}
