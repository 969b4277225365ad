package dev.sluice.receive;

import dev.sluice.BitrateListener;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.PublisherStatistics;
import dev.sluice.RelayEngine;
import dev.sluice.RtpInput;
import dev.sluice.TrackDescription;
import dev.sluice.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Hands a session's media to the engine. */
public final class EngineSink implements MediaSink {
  private final Publisher publisher;
  private final RtpInput[] inputs;
  private final boolean rendition;

  private EngineSink(Publisher publisher, RtpInput[] inputs, boolean rendition) {
    this.publisher = publisher;
    this.inputs = inputs;
    this.rendition = rendition;
  }

  /**
   * Makes what opens sinks.
   *
   * @param engine that publishes
   * @return opens a publisher of the engine for each source
   */
  public static MediaSink.Opener opener(RelayEngine engine) {
    return opener(engine, engine::publish, false);
  }

  /**
   * Makes what opens sinks for further encodings of streams.
   *
   * @param engine that publishes
   * @return opens a publisher of a rendition for each source, which its context names
   */
  public static MediaSink.Opener renditionOpener(RelayEngine engine) {
    return opener(engine, engine::publishRendition, true);
  }

  private interface Publishing {
    Publisher publish(String streamName, List<TrackDescription> tracks, PublisherContext context);
  }

  private static MediaSink.Opener opener(
      RelayEngine engine, Publishing publishing, boolean rendition) {
    return new MediaSink.Opener() {
      @Override
      public MediaSink open(
          String streamName,
          List<TrackDescription> tracks,
          PublisherContext context,
          Runnable keyframeRequest) {
        Publisher publisher = publishing.publish(streamName, tracks, context);
        try {
          publisher.onKeyframeRequest(keyframeRequest);
          return new EngineSink(publisher, inputs(publisher, tracks), rendition);
        } catch (Throwable e) {
          publisher.close();
          throw e;
        }
      }

      @Override
      public void refused(
          String streamName, @Nullable InetSocketAddress remoteAddress, String reason) {
        engine.publishRefused(streamName, remoteAddress, reason);
      }
    };
  }

  private static RtpInput[] inputs(Publisher publisher, List<TrackDescription> tracks) {
    return tracks.stream().map(t -> publisher.rtp(t.name())).toArray(RtpInput[]::new);
  }

  @Override
  public void writeRtp(int track, RtpPacket packet, int lostBefore) {
    inputs[track].writeRtp(packet, lostBefore);
  }

  @Override
  public void senderReport(int track, long ntpTimestamp, int rtpTimestamp) {
    inputs[track].senderReport(ntpTimestamp, rtpTimestamp);
  }

  @Override
  public void onBitrateHint(LongConsumer listener) {
    publisher.onBitrateHint((track, bitrate) -> listener.accept(withOthers(track, bitrate)));
  }

  /** what all tracks together may take if one of them is limited */
  private long withOthers(String track, long bitrate) {
    PublisherStatistics all = publisher.statistics();
    long others = all.bitRate() - publisher.track(track).statistics().bitRate();
    return bitrate == BitrateListener.UNLIMITED ? bitrate : bitrate + Math.max(0, others);
  }

  @Override
  public void flush() {
    for (RtpInput input : inputs) {
      input.flush();
    }
  }

  @Override
  public boolean isClosed() {
    return publisher.isClosed();
  }

  @Override
  public boolean isReplaced() {
    return publisher.isClosed() && (rendition ? hasSuccessor() : publisher.stream().isLive());
  }

  private boolean hasSuccessor() {
    String id = publisher.context().rendition();
    return publisher.stream().renditions().stream()
        .anyMatch(other -> other.context().rendition().equals(id));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
