package dev.sluice.webrtc;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.LocalTrack;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits for the first packets of a peer that may send a track in several formats: they tell in
 * which it does. A track that stays silent is taken to be in the first one.
 */
final class FormatWait {
  private final List<IncomingTrack> tracks;
  private final TrackFinder finder;
  private final Set<LocalTrack> open;
  private final EarlyMedia held = new EarlyMedia();
  private long deadline;
  private boolean full;

  /**
   * Makes one.
   *
   * @param tracks each in its first format
   * @param finder of these tracks
   */
  FormatWait(List<IncomingTrack> tracks, TrackFinder finder) {
    this.tracks = tracks;
    this.finder = finder;
    open =
        tracks.stream()
            .filter(IncomingTrack::isOpen)
            .map(IncomingTrack::media)
            .collect(Collectors.toCollection(HashSet::new));
  }

  /** Packets may come from now on. */
  void begin(long nowNanos) {
    deadline = nowNanos + IncomingTrack.PATIENCE_NANOS;
  }

  /**
   * A packet came, which is kept. It tells of all encodings of its track.
   *
   * @param view of it
   */
  void heard(byte[] packet, int length, RtpPacket view) {
    full = !held.hold(packet, length);
    IncomingTrack heard = finder.find(view);
    if (heard != null && open.remove(heard.media())) {
      tracks.stream()
          .filter(track -> track.media() == heard.media())
          .forEach(track -> track.turnTo(view.payloadType()));
    }
  }

  /** whether all is known, or enough was waited */
  boolean isOver(long nowNanos) {
    return open.isEmpty() || full || nowNanos - deadline >= 0;
  }

  /** Gives the packets away, in the order in which they came. */
  void release(Consumer<byte[]> media) {
    held.release(media);
  }
}
