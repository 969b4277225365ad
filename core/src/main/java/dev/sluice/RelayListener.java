package dev.sluice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a host may want to know as it happens.
 *
 * <p>Methods are called on the engine's event loops or on a thread of the host's that called the
 * engine, while no lock of the engine is held. They must return soon; what they throw is logged and
 * goes no further.
 */
public interface RelayListener {

  /**
   * {@return a listener that logs streams and viewers as they come and go, at level INFO, and first
   * pictures at DEBUG, to the logger of this interface's name; what goes wrong the engine logs in
   * any case}
   */
  static RelayListener logging() {
    return new LoggingListener();
  }

  /**
   * A publisher came, or took the place of another one.
   *
   * <p>This and {@link #streamDown} come one at a time and in the order in which it happened. When
   * another thread is in one of them, that thread makes the call, perhaps after {@link
   * RelayEngine#publish} or {@link Publisher#close} has returned.
   *
   * @param stream the stream that is live now
   */
  default void streamUp(LiveStream stream) {}

  /**
   * The publisher left. Viewers stay and go on when another one comes with their codecs.
   *
   * @param stream the stream that is silent now
   */
  default void streamDown(LiveStream stream) {}

  /**
   * A protocol server refused a publisher, or did not accept its credentials. Strangers can cause
   * this as often as they like.
   *
   * @param streamName what it wanted to publish, empty when that could not be told
   * @param remoteAddress who; null where that is not known
   * @param reason what is to be changed; may quote the peer
   */
  default void publishRefused(
      String streamName, @Nullable InetSocketAddress remoteAddress, String reason) {}

  /**
   * ICE and DTLS are through: media flows from now on.
   *
   * @param viewer who
   */
  default void viewerConnected(Viewer viewer) {}

  /**
   * The first complete picture was sent.
   *
   * @param viewer to whom
   */
  default void firstFrameSent(Viewer viewer) {}

  /**
   * A viewer's link does not carry the whole stream: pictures are left out, or all are sent again,
   * for two seconds at least. {@link ViewerStatistics} says more.
   *
   * @param viewer whose link it is
   * @param thinned whether pictures are left out from now on
   */
  default void viewerThinned(Viewer viewer, boolean thinned) {}

  /**
   * A viewer gets another encoding of the picture from now on, since its link carries that one, the
   * host wanted it, or the one before is not published any more.
   *
   * @param viewer who
   * @param rendition the {@link PublisherContext#rendition} of its publisher
   */
  default void renditionChanged(Viewer viewer, String rendition) {}

  /**
   * Viewers have waited for more than 3 s for a keyframe that they can start at. Told at most once
   * a minute for a stream, and logged as a warning too.
   *
   * @param stream what they watch
   * @param advice what to change at its source
   */
  default void noKeyframe(LiveStream stream, String advice) {}

  /**
   * A publisher sends B pictures, which browsers show late: those that nothing refers to are left
   * out from now on. Told once for each track of a publisher, and logged as a warning too; not
   * where {@link MediaOptions#reorderedPictures} has them pass. Called on the thread that
   * publishes.
   *
   * @param stream whose publisher it is
   * @param advice what to change at its source
   */
  default void picturesReordered(LiveStream stream, String advice) {}

  /**
   * A peer that is to publish is connected: its stream is up.
   *
   * @param ingest who
   */
  default void ingestConnected(Ingest ingest) {}

  /**
   * A viewer is gone.
   *
   * @param viewer who
   * @param reason why
   */
  default void viewerDisconnected(Viewer viewer, DisconnectReason reason) {}

  /**
   * A peer that published, or was to publish, is gone.
   *
   * @param ingest who
   * @param reason why
   */
  default void ingestDisconnected(Ingest ingest, DisconnectReason reason) {}

  /**
   * A socket of the engine failed, for instance because there is no route to a viewer, or a
   * datagram could not be taken. Called at most once a second for each event loop, and logged as a
   * warning too; {@link EngineStatistics#sendErrors} counts every datagram that was not sent.
   *
   * @param cause what happened
   */
  default void ioFailure(Throwable cause) {}

  /**
   * An event loop has had no turn for some seconds, perhaps for a listener that blocks: nothing is
   * relayed there. Told once, by another event loop of the engine; where there is only one, by
   * itself when it goes on, and until then {@link RelayEngine#health} alone shows it.
   *
   * @param loop how it is
   */
  default void eventLoopHeldUp(LoopStatistics loop) {}

  /**
   * An event loop ended, or lost its socket, while the engine is open: because it ran out of
   * memory, or because the host shut down a group that it had lent. Its viewers are gone as {@link
   * DisconnectReason#FAILED}, and new ones go to the other loops. Called on the event loop or on a
   * thread of Netty's.
   *
   * @param loop how it is
   */
  default void eventLoopDied(LoopStatistics loop) {}
}
