package dev.sluice.rtsp;

import dev.sluice.TrackDescription;
import dev.sluice.rtp.RtpPacket;
import java.util.List;

/** Where the media of one session goes: the engine, or what a test puts in its place. */
interface MediaSink {

  /** Starts to publish. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a sink for the tracks of a stream.
     *
     * @param keyframeRequest called on any thread when viewers need a keyframe
     * @throws RuntimeException if the stream cannot be published
     */
    MediaSink open(String streamName, List<TrackDescription> tracks, Runnable keyframeRequest);
  }

  /** Takes a packet, in order, of the track at an index; borrowed. */
  void writeRtp(int track, RtpPacket packet);

  /** Relates a track's RTP clock to the peer's wall clock. */
  void senderReport(int track, long ntpTimestamp, int rtpTimestamp);

  /** Everything that has arrived was written. */
  void flush();

  /** whether another publisher took the stream over, or the engine ended */
  boolean isClosed();

  void close();
}
