package dev.sluice.rtsp;

import dev.sluice.PublisherContext;
import dev.sluice.loop.RateLimitedLog;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * What all connections of a pull share.
 *
 * @param rendition which encoding of the stream it is
 * @param loop where everything happens
 * @param connector opens connections
 * @param taken whether another publisher has that encoding of the stream
 * @param closed whether the engine is closed
 * @param memory what unfinished messages may hold
 * @param keepAlives how often the server was told that the session is wanted
 */
record PullContext(
    String streamName,
    String rendition,
    PullOptions options,
    MediaSettings media,
    EventLoop loop,
    Connector connector,
    BooleanSupplier taken,
    BooleanSupplier closed,
    ReceiveMemory memory,
    LongAdder keepAlives,
    RateLimitedLog log) {

  /** what is pulled, in words */
  String name() {
    return isOwn() ? streamName : streamName + "' as '" + rendition;
  }

  /** whether it is the stream's own publisher, with the sound */
  boolean isOwn() {
    return rendition.equals(PublisherContext.MAIN);
  }

  /** Opens connections. */
  @FunctionalInterface
  interface Connector {
    /** {@return a channel that is connected and reads nothing yet; completed on any thread} */
    CompletableFuture<Channel> connect(PullUrl url, EventLoop loop);
  }
}
