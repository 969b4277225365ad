package dev.sluice.rtsp;

import dev.sluice.PublisherContext;
import dev.sluice.TrackDescription;
import dev.sluice.receive.MediaSink;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where what was announced goes.
 *
 * @param own to the stream itself
 * @param renditions to an encoding besides it
 */
record AnnouncedSinks(MediaSink.Opener own, MediaSink.Opener renditions)
    implements MediaSink.Opener {

  @Override
  public MediaSink open(
      String streamName,
      List<TrackDescription> tracks,
      PublisherContext context,
      Runnable keyframeRequest) {
    MediaSink.Opener opener = context.rendition().equals(PublisherContext.MAIN) ? own : renditions;
    return opener.open(streamName, tracks, context, keyframeRequest);
  }

  @Override
  public void refused(String streamName, @Nullable InetSocketAddress remoteAddress, String reason) {
    own.refused(streamName, remoteAddress, reason);
  }
}
