package dev.sluice.webrtc;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.LocalTrack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Waits for the first packets of a peer that has answered with several formats for a track: they
 * tell in which it sends. A track that stays silent is taken to be in the first one.
 */
final class FormatWait {
  private static final long PATIENCE_NANOS = 500_000_000;

  private final List<IncomingTrack> tracks;
  private final TrackFinder finder;
  private final Set<LocalTrack> open = new HashSet<>();
  private final EarlyMedia held = new EarlyMedia();
  private long deadline;
  private boolean full;

  /**
   * Makes one.
   *
   * @param tracks each track in its first format
   * @param alternatives tracks in further formats
   */
  FormatWait(List<IncomingTrack> tracks, List<IncomingTrack> alternatives) {
    this.tracks = new ArrayList<>(tracks);
    List<IncomingTrack> all = new ArrayList<>(tracks);
    all.addAll(alternatives);
    finder = new TrackFinder(all);
    alternatives.forEach(alternative -> open.add(alternative.negotiated().track()));
  }

  /** Packets may come from now on. */
  void begin(long nowNanos) {
    deadline = nowNanos + PATIENCE_NANOS;
  }

  /**
   * A packet came, which is kept.
   *
   * @param view of it
   */
  void heard(byte[] packet, int length, RtpPacket view) {
    full = !held.hold(packet, length);
    IncomingTrack heard = finder.find(view);
    if (heard != null && open.remove(heard.negotiated().track())) {
      tracks.replaceAll(
          track -> track.negotiated().track() == heard.negotiated().track() ? heard : track);
    }
  }

  /** whether all is known, or enough was waited */
  boolean isOver(long nowNanos) {
    return open.isEmpty() || full || nowNanos - deadline >= 0;
  }

  /** each track in the format in which it comes */
  List<IncomingTrack> tracks() {
    return tracks;
  }

  /** Gives the packets away, in the order in which they came. */
  void release(Consumer<byte[]> media) {
    held.release(media);
  }
}
