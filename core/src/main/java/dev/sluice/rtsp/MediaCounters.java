package dev.sluice.rtsp;

import dev.sluice.receive.ReceiveCounters;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What is counted of descriptions and media, whichever end asked for them; by any event loop. */
final class MediaCounters {
  final ReceiveCounters received = new ReceiveCounters();
  final LongAdder interleavedFrames = new LongAdder();
  final LongAdder datagrams = new LongAdder();
  final LongAdder foreignDatagrams = new LongAdder();
  final LongAdder tracksDropped = new LongAdder();

  /**
   * Some tracks of a stream may not be relayed: counts them, and says why.
   *
   * @param log told of them, where there are any
   */
  void countDropped(String streamName, List<AnnouncedTrack> tracks, Consumer<String> log) {
    long dropped = tracks.stream().filter(track -> !track.isRelayed()).count();
    if (dropped > 0) {
      tracksDropped.add(dropped);
      log.accept(
          "Relaying '%s' without some tracks: %s"
              .formatted(streamName, AnnouncedTrack.refusals(tracks)));
    }
  }
}
