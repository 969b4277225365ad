package dev.sluice;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Interim shape. */
public final class RelayEngine implements AutoCloseable {
  RelayEngine() {}

  /**
   * Publishes.
   *
   * @param streamName the name
   * @param tracks what
   */
  public Publisher publish(String streamName, List<TrackDescription> tracks) {
    throw new IllegalStateException(streamName);
  }

  /**
   * Plays.
   *
   * @param streamName which
   * @param offerSdp the offer
   * @throws UnknownStreamException if there is none
   * @throws NegotiationException if the offer cannot be served
   * @throws LimitExceededException if too many watch
   */
  public Viewer play(String streamName, String offerSdp) {
    throw new UnknownStreamException(streamName);
  }

  /** all streams */
  public Collection<LiveStream> streams() {
    return List.of();
  }

  /**
   * One stream.
   *
   * @param name which
   */
  public Optional<LiveStream> stream(String name) {
    return Optional.empty();
  }

  /** the loops */
  public EventLoopGroup eventLoops() {
    throw new IllegalStateException();
  }

  /** the buffers */
  public ByteBufAllocator allocator() {
    throw new IllegalStateException();
  }

  @Override
  public void close() {}
}
