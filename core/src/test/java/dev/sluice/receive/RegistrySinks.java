package dev.sluice.receive;

import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RtpInput;
import dev.sluice.TrackDescription;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.stream.StreamRegistry;
import java.util.List;

/** Publishes what is received in a registry that has no engine. */
public final class RegistrySinks implements MediaSink.Opener {
  private final Publishing publishing;

  private RegistrySinks(Publishing publishing) {
    this.publishing = publishing;
  }

  private interface Publishing {
    Publisher publish(String streamName, List<TrackDescription> tracks, PublisherContext context);
  }

  /** of streams */
  public static RegistrySinks of(StreamRegistry streams) {
    return new RegistrySinks(streams::publish);
  }

  /** of further encodings of streams */
  public static RegistrySinks renditionsOf(StreamRegistry streams) {
    return new RegistrySinks(streams::publishRendition);
  }

  @Override
  public MediaSink open(
      String streamName,
      List<TrackDescription> tracks,
      PublisherContext context,
      Runnable keyframeRequest) {
    Publisher publisher = publishing.publish(streamName, tracks, context);
    publisher.onKeyframeRequest(keyframeRequest);
    return new Sink(publisher, tracks.stream().map(track -> publisher.rtp(track.name())).toList());
  }

  private record Sink(Publisher publisher, List<RtpInput> inputs) implements MediaSink {
    @Override
    public void writeRtp(int track, RtpPacket packet, int lostBefore) {
      inputs.get(track).writeRtp(packet, lostBefore);
    }

    @Override
    public void senderReport(int track, long ntpTimestamp, int rtpTimestamp) {
      inputs.get(track).senderReport(ntpTimestamp, rtpTimestamp);
    }

    @Override
    public void flush() {
      inputs.forEach(RtpInput::flush);
    }

    @Override
    public boolean isClosed() {
      return publisher.isClosed();
    }

    @Override
    public boolean isReplaced() {
      return publisher.isClosed() && publisher.stream().isLive();
    }

    @Override
    public void close() {
      publisher.close();
    }
  }
}
