package dev.sluice.webrtc;

import dev.sluice.rtp.RtpPacket;
import dev.sluice.srtp.SrtpReceiver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the track of a packet, of all that a peer bundles (RFC 9143, section 9.2): by its SSRC once
 * a packet of that told, before by its MID, RID and payload type.
 */
final class TrackFinder {
  private final List<IncomingTrack> tracks;
  private final int[] ssrcs = new int[SrtpReceiver.DEFAULT_MAX_SSRCS];
  private final @Nullable IncomingTrack[] found = new IncomingTrack[SrtpReceiver.DEFAULT_MAX_SSRCS];
  private int known;

  TrackFinder(List<IncomingTrack> tracks) {
    this.tracks = tracks;
  }

  /** Returns null for a packet that belongs to none. */
  @Nullable IncomingTrack find(RtpPacket packet) {
    for (int i = 0; i < known; i++) {
      if (ssrcs[i] == packet.ssrc()) {
        IncomingTrack track = found[i];
        return track != null && track.takes(packet.payloadType()) ? track : null;
      }
    }
    IncomingTrack track = claimer(packet);
    if (known < ssrcs.length && (track != null || isNamed(packet))) {
      ssrcs[known] = packet.ssrc();
      found[known++] = track;
    }
    return track;
  }

  private @Nullable IncomingTrack claimer(RtpPacket packet) {
    for (IncomingTrack track : tracks) {
      if (track.claims(packet)) {
        return track;
      }
    }
    return null;
  }

  /** what is known to be none's stays so, when its packets do not say what they are any more */
  private boolean isNamed(RtpPacket packet) {
    return tracks.stream().anyMatch(track -> track.isNamed(packet));
  }
}
