package dev.sluice.receive;

import dev.sluice.PublisherContext;
import dev.sluice.TrackDescription;
import dev.sluice.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Where the media of one source goes: the engine, or what a test puts in its place. */
public interface MediaSink {

  /** Starts to publish. */
  interface Opener {
    /**
     * Opens a sink for the tracks of a stream.
     *
     * @param streamName of the stream
     * @param tracks what will be written
     * @param context where they come from
     * @param keyframeRequest called on any thread when viewers need a keyframe
     * @return where to write it
     * @throws RuntimeException if the stream cannot be published
     */
    MediaSink open(
        String streamName,
        List<TrackDescription> tracks,
        PublisherContext context,
        Runnable keyframeRequest);

    /**
     * A publisher was refused.
     *
     * @param streamName what it wanted to publish, or empty
     * @param remoteAddress who; null where that is not known
     * @param reason may quote it
     */
    default void refused(
        String streamName, @Nullable InetSocketAddress remoteAddress, String reason) {}
  }

  /**
   * Takes a packet, in order.
   *
   * @param track index of its track
   * @param packet borrowed
   * @param lostBefore packets missing between this one and the one before
   */
  void writeRtp(int track, RtpPacket packet, int lostBefore);

  /**
   * Relates a track's RTP clock to the peer's wall clock.
   *
   * @param track its index
   * @param ntpTimestamp seconds since 1900 in 32.32 fixed point
   * @param rtpTimestamp of the same moment
   */
  void senderReport(int track, long ntpTimestamp, int rtpTimestamp);

  /**
   * Has the source told what it should not send more than.
   *
   * @param listener called on any thread with bits per second of all tracks together, {@link
   *     dev.sluice.BitrateListener#UNLIMITED} when nothing limits it any more
   */
  default void onBitrateHint(LongConsumer listener) {}

  /** Everything that has arrived was written. */
  void flush();

  /**
   * {@return whether another publisher took the stream over, or the host or the engine ended it}
   */
  boolean isClosed();

  /** {@return whether it is closed because another publisher took the stream over} */
  boolean isReplaced();

  /** Ends the publication. */
  void close();
}
