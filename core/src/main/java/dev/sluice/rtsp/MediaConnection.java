package dev.sluice.rtsp;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** Where media comes from, as those who receive it see it. On its event loop only. */
interface MediaConnection {
  EventLoop eventLoop();

  MediaReads reads();

  /** what passes in its session; null without one */
  @Nullable SessionTraffic traffic();

  /** Media or RTCP came from the session's peer, or what is taken for it. */
  default void onMediaOfPeer() {}

  /** Media came that is not wanted. */
  default void onUnwantedMedia() {}

  /** Has {@link SessionTraffic#handleTimeout} called at a time or before. */
  void wakeNoLaterThan(long nanos);

  /** The session's stream is another publisher's, or ended. */
  void onSinkClosed(boolean replaced);

  /** Does what no handler of the channel stands above: what it throws ends the connection. */
  void run(Runnable action);

  /** Ends the connection because something went wrong that is not the peer's fault. */
  void fail(Throwable cause);
}
