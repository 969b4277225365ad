package dev.sluice;

import java.time.Instant;
import java.util.List;

/**
 * The source of a stream: host code, or a protocol server on behalf of a remote encoder.
 *
 * <p>A newer publisher of the same stream takes its place; then {@link #isClosed} says so and what
 * is still written is dropped. Safe for any thread.
 */
public interface Publisher extends AutoCloseable {

  /** {@return the stream it feeds} */
  LiveStream stream();

  /** {@return what was announced} */
  List<TrackDescription> tracks();

  /** {@return where its media comes from} */
  PublisherContext context();

  /** {@return when it came} */
  Instant startedAt();

  /** {@return what it sent so far; from any thread, each figure as of a moment ago} */
  PublisherStatistics statistics();

  /**
   * Where to write a track's media as RTP packets.
   *
   * @param name the name in its {@link TrackDescription}
   * @return the track's input
   * @throws IllegalArgumentException for a name that was not announced
   * @throws IllegalStateException if it is written as frames
   */
  RtpInput rtp(String name);

  /**
   * Where to write a track's media as frames.
   *
   * @param name the name in its {@link TrackDescription}
   * @return the track's input
   * @throws IllegalArgumentException for a name that was not announced
   * @throws IllegalStateException if it is written as RTP packets
   */
  FrameInput frames(String name);

  /**
   * What is known of a track, however it is written.
   *
   * @param name the name in its {@link TrackDescription}
   * @return the track's input
   * @throws IllegalArgumentException for a name that was not announced
   */
  TrackInput track(String name);

  /**
   * Has the host told when viewers need a keyframe soon, at once if they did already. Requests are
   * throttled; ignoring them is allowed and makes viewers wait for the next regular one.
   *
   * @param listener called on any thread; must return at once. What it throws is logged
   */
  void onKeyframeRequest(Runnable listener);

  /**
   * Has the host told when the links of all viewers carry less than it sends of a picture, and what
   * the best of them carries then; at once if that is known already. Told at most once a second for
   * each track, again when it changes by a twentieth, and when nothing limits the picture any more.
   * Viewers of another rendition do not count, and without viewers there is no limit. {@link
   * RateOptions} set a floor and whether a single slow viewer counts; nothing is told where they
   * are {@link RateOptions#OFF}. Ignoring it is allowed: then viewers get fewer pictures.
   *
   * @param listener called on any thread; must return at once. What it throws is logged
   */
  void onBitrateHint(BitrateListener listener);

  /** {@return whether it ended, or a newer publisher took its place} */
  boolean isClosed();

  /**
   * Ends the stream's media. Viewers still get what was written before; they stay, and go on when
   * the stream is published again in their codecs. One that came in by a protocol server loses its
   * connection there with the next packet it sends.
   */
  @Override
  void close();
}
