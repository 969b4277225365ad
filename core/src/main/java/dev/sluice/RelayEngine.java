package dev.sluice;

import dev.sluice.codec.NalUnitFraming;
import dev.sluice.spi.SourceOnDemand;
import dev.sluice.spi.StreamReader;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A WebRTC relay inside the host's process: streams come in, any number of viewers gets each of
 * them.
 *
 * <pre>{@code
 * try (RelayEngine engine = RelayEngine.builder().build()) {
 *   Publisher publisher = engine.publish("cam1", List.of(TrackDescription.of("video", Codec.H264)));
 *   Viewer viewer = engine.play("cam1", offerFromBrowser);
 *   answerToBrowser(viewer.answer());
 *   publisher.frames("video").writeFrame(annexB, timestamp90kHz);
 *   publisher.frames("video").flush();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread. Closing the engine ends every session and gives
 * back every thread, socket and buffer.
 */
public interface RelayEngine extends AutoCloseable {

  /** {@return starts with the option set {@link OptionSet#RESILIENT} and every default} */
  static RelayEngineBuilder builder() {
    return new RelayEngineBuilder();
  }

  /**
   * Begins to publish a stream. Viewers that watch the name already go on with the new media; those
   * that agreed to no codec of its picture, or of its sound, are ended ({@link
   * DisconnectReason#CODEC_CHANGED}). Another publisher of that name is replaced: it becomes
   * closed.
   *
   * @param streamName a name in any spelling, see {@link StreamName}
   * @param tracks of distinct names
   * @return where to write the media
   * @throws IllegalArgumentException for such a name or such tracks
   * @throws IllegalStateException if the engine is closed
   */
  default Publisher publish(String streamName, List<TrackDescription> tracks) {
    return publish(streamName, tracks, PublisherContext.HOST);
  }

  /**
   * Begins to publish a stream, as {@link #publish(String, List)} does, on behalf of somebody.
   *
   * @param streamName a name in any spelling, see {@link StreamName}
   * @param tracks of distinct names
   * @param context where the media comes from; the publisher has it from the start
   * @return where to write the media
   * @throws IllegalArgumentException for such a name or such tracks
   * @throws IllegalStateException if the engine is closed
   */
  Publisher publish(String streamName, List<TrackDescription> tracks, PublisherContext context);

  /**
   * Publishes another encoding of a stream, smaller or larger, beside the stream's own publisher: a
   * camera's sub stream, a second output of an encoder. A viewer gets the one that its link
   * carries, or that the host gives it with {@link Viewer#rendition}, changing at keyframes. Of its
   * video tracks those count that have the codec of a track of the stream's own publisher, and its
   * name where the stream has several; sound is taken from the stream's own publisher alone. It
   * makes no stream live, and outlives the stream's own publisher.
   *
   * @param streamName a name in any spelling, see {@link StreamName}
   * @param tracks what will be written, at least one
   * @param context where the media comes from; {@link PublisherContext#rendition} says what the
   *     encoding is called. Another publisher of that one is replaced
   * @return where to write the media
   * @throws IllegalArgumentException for such a name or such tracks, and for a rendition that is
   *     called as the stream's own publisher is, {@link PublisherContext#MAIN} while there is none
   * @throws IllegalStateException if the engine is closed
   */
  Publisher publishRendition(
      String streamName, List<TrackDescription> tracks, PublisherContext context);

  /**
   * Lets a WebRTC peer watch a stream. Only computes: the peer connects later.
   *
   * @param streamName a stream that is live, or that has viewers who wait for it
   * @param offerSdp the peer's SDP offer, to receive only
   * @return the session, with the answer to send to the peer
   * @throws UnknownStreamException if there is no such stream
   * @throws NegotiationException if the offer is malformed or cannot be served
   * @throws LimitExceededException if the configured number of viewers is reached
   * @throws IllegalStateException if the engine is closed
   */
  default Viewer play(String streamName, String offerSdp) {
    return play(streamName, offerSdp, PeerContext.NONE);
  }

  /**
   * Lets a WebRTC peer watch a stream, as {@link #play(String, String)} does.
   *
   * @param streamName a stream that is live, or that has viewers who wait for it
   * @param offerSdp the peer's SDP offer, to receive only
   * @param context what the host knows of the peer; the viewer has it from the start
   * @return the session, with the answer to send to the peer
   * @throws UnknownStreamException if there is no such stream
   * @throws NegotiationException if the offer is malformed or cannot be served
   * @throws LimitExceededException if the configured number of viewers is reached
   * @throws IllegalStateException if the engine is closed
   */
  Viewer play(String streamName, String offerSdp, PeerContext context);

  /**
   * Lets a WebRTC peer publish a stream. Only computes: the peer connects later, and publishes from
   * then on, as {@link #publish} has it.
   *
   * @param streamName a name in any spelling, see {@link StreamName}
   * @param offerSdp the peer's SDP offer, to send only; one video and one audio track are taken
   * @param context what the host knows of the peer; the session has it from the start
   * @return the session, with the answer to send to the peer
   * @throws IllegalArgumentException for such a name
   * @throws NegotiationException if the offer is malformed, or its media cannot be relayed
   * @throws LimitExceededException if the configured number of sessions is reached
   * @throws IllegalStateException if the engine is closed
   */
  Ingest ingest(String streamName, String offerSdp, PeerContext context);

  /**
   * Offers to take a stream from a WebRTC peer, another relay for instance: makes an SDP offer that
   * the host sends to it, and whose answer it hands to {@link IngestOffer#accept}. {@link
   * dev.sluice.whep.WhepPull} does that over WHEP.
   *
   * @param streamName under which the stream will be published, in any spelling
   * @param context what the host knows of the peer; the session has it from the start
   * @return the offer, to be closed by the caller, on a UDP port of its own; completed, as a rule
   *     on an event loop, which must not block, exceptionally where none can be opened
   * @throws IllegalArgumentException for such a name
   * @throws LimitExceededException if the configured number of sessions is reached
   * @throws IllegalStateException if the engine is closed
   */
  CompletionStage<IngestOffer> offerIngest(String streamName, PeerContext context);

  /**
   * Reads a stream without WebRTC: its packets as they lie in the logs, for protocol servers,
   * recorders and whatever else the host makes of them. A reader costs viewers nothing; it skips to
   * the newest keyframe where it is too slow.
   *
   * @param streamName a stream that is live, or that has viewers who wait for it
   * @param loop one thread that all methods of the reader are called on
   * @param news run on it when there is something to read, once for all that came meanwhile; it
   *     must not block where the loop is one of the engine's
   * @return the reader, to be closed by the caller
   * @throws UnknownStreamException if there is no such stream
   * @throws IllegalStateException if the engine is closed
   */
  StreamReader read(String streamName, Executor loop, Runnable news);

  /**
   * Reads a stream's frames without WebRTC, as {@link #read} does its packets.
   *
   * @param streamName a stream that is live, or that has viewers who wait for it
   * @param framing how NAL units are told apart, in codecs that have them
   * @param loop one thread that all methods of the reader are called on
   * @param news run on it when there may be something to read, once for all that came meanwhile
   * @return the reader, to be closed by the caller
   * @throws UnknownStreamException if there is no such stream
   * @throws IllegalStateException if the engine is closed
   */
  FrameReader readFrames(String streamName, NalUnitFraming framing, Executor loop, Runnable news);

  /**
   * Waits for a stream: where nobody publishes it, sources on demand are asked for it. Then it can
   * be played or read, with {@link #play} or {@link #read}, at once.
   *
   * @param streamName a name in any spelling
   * @return the stream, when it is there; it is, already, when it is live or others wait for its
   *     media. Fails with an {@link UnknownStreamException} when no source has it, a {@link
   *     StreamNotReadyException} when the source does not publish it in time, a {@link
   *     LimitExceededException} when too many wait for streams ({@link
   *     SessionOptions#maxConnecting}), or an IllegalStateException when the engine is closed.
   *     Completed on the thread that publishes; what follows must not block that. Who waits no
   *     longer cancels its {@link CompletionStage#toCompletableFuture}
   */
  CompletionStage<LiveStream> demand(String streamName);

  /**
   * Registers a source that publishes streams when somebody wants them: a WHEP viewer, an RTSP
   * player or who calls {@link #demand}. Of several sources the first that has a stream gets it.
   *
   * @param source asked for each stream that is wanted and not published
   * @return what takes the source out again
   * @throws IllegalArgumentException for a patience or linger that is not allowed
   * @throws IllegalStateException if the engine is closed
   */
  SourceOnDemand.Registration onDemand(SourceOnDemand source);

  /** {@return all streams that have a publisher, viewers or readers} */
  Collection<LiveStream> streams();

  /**
   * Finds a stream.
   *
   * @param name its name, in any spelling
   * @return the stream, if it has a publisher or viewers
   */
  Optional<LiveStream> stream(String name);

  /**
   * Finds a viewer.
   *
   * @param id its {@link Viewer#id()}
   * @return the viewer, unless it is gone
   */
  Optional<Viewer> viewer(String id);

  /**
   * Finds a peer that publishes, or is about to.
   *
   * @param id its {@link Ingest#id()}
   * @return the session, unless it is gone
   */
  Optional<Ingest> ingest(String id);

  /**
   * {@return local address and UDP port of all peers that make an offer; connections have a TCP
   * port, and what {@link #offerIngest} offers a UDP port each}
   */
  InetSocketAddress localAddress();

  /** {@return figures of the whole engine, each as of a moment ago} */
  EngineStatistics statistics();

  /** {@return whether it can relay, for a health check; also of an engine that is closed} */
  EngineHealth health();

  /**
   * Has somebody hear of events from now on, besides those who do already.
   *
   * @param listener as for {@link RelayEngineBuilder#listener}
   */
  void addListener(RelayListener listener);

  /**
   * Has somebody hear of no further events.
   *
   * @param listener that was added, or that the builder was given
   */
  void removeListener(RelayListener listener);

  /** {@return the event loops, for protocol servers that want to share them} */
  EventLoopGroup eventLoops();

  /** {@return what all buffers come from, for protocol servers that want to share it} */
  ByteBufAllocator allocator();

  /**
   * {@return mean time between RTCP reports in nanoseconds, for protocol servers that report to
   * publishers}
   */
  long reportIntervalNanos();

  /**
   * Tells the host's listener of a publisher that was refused; for protocol servers.
   *
   * @param streamName what it wanted to publish, or empty
   * @param remoteAddress who; null where that is not known
   * @param reason what is to be changed
   */
  void publishRefused(String streamName, @Nullable InetSocketAddress remoteAddress, String reason);

  /**
   * Ends all sessions and publishers and gives everything back; a group of event loops that came
   * from the host is left running. Returns when that is done: a second later where Netty is not on
   * the class path of the process but in an application that may be taken away from it.
   *
   * @throws IllegalStateException when called on an event loop of the engine
   */
  @Override
  void close();
}
