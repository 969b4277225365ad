package dev.sluice.examples.server;

import dev.sluice.LiveStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What {@code GET /api/streams} answers.
 *
 * @param rtspPort where encoders publish
 * @param streams in the order of their names
 */
record StreamList(int rtspPort, List<Item> streams) {

  /**
   * A stream.
   *
   * @param name of it
   * @param live whether somebody publishes it
   * @param codecs of its tracks
   * @param viewers how many
   */
  record Item(String name, boolean live, List<String> codecs, int viewers) {

    private static Item of(LiveStream stream) {
      return new Item(
          stream.name(),
          stream.isLive(),
          stream.tracks().stream().map(track -> track.codec().name()).toList(),
          stream.viewers().size());
    }
  }

  static StreamList of(int rtspPort, Collection<LiveStream> streams) {
    return new StreamList(
        rtspPort,
        streams.stream().sorted(Comparator.comparing(LiveStream::name)).map(Item::of).toList());
  }
}
