package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the tracks of a stream to the media descriptions of one of an offer's transports. */
final class BundleNegotiator {

  private final List<LocalTrack> unused;
  private final LocalDescription local;
  private final AcceptedBundle accepted;

  private BundleNegotiator(LocalDescription local, AcceptedBundle accepted) {
    unused = new ArrayList<>(local.tracks());
    this.local = local;
    this.accepted = accepted;
  }

  /**
   * Serves what can be served over one transport.
   *
   * @param media all media descriptions of the offer
   * @param leader one of the transport
   */
  static AcceptedBundle negotiate(
      SessionDescription offer,
      List<OfferedMedia> media,
      OfferedMedia leader,
      LocalDescription local) {
    BundleNegotiator negotiator = new BundleNegotiator(local, new AcceptedBundle(offer, leader));
    media.forEach(negotiator::serve);
    media.forEach(negotiator::keepIdle);
    return negotiator.accepted;
  }

  private void serve(OfferedMedia media) {
    String refusal = obstacle(media);
    if (refusal == null) {
      refusal =
          asks(media)
              ? assign(media)
              : local.direction().sends() ? "does not receive" : "does not send";
    }
    if (refusal != null) {
      accepted.refuse(media, refusal, asks(media) && hasTrackFor(media));
    }
  }

  /** Serves a media description with the first track that fits, or returns why none does. */
  private @Nullable String assign(OfferedMedia media) {
    String refusal =
        local.direction().sends()
            ? "asks for a track that the stream does not have"
            : "is one more than can be taken";
    for (LocalTrack track : unused) {
      if (track.isOf(media.description())) {
        PayloadFormat chosen = track.choice().choose(media.formats());
        if (chosen != null) {
          NegotiatedTrack served = NegotiatedTrack.of(track, media, chosen, local);
          accepted.serve(media, served, alternatives(served, media));
          unused.remove(track);
          return null;
        }
        refusal = "does not offer " + track.choice().wanted();
      }
    }
    return refusal;
  }

  /** Who sends may send any format of which both know; this side does not. */
  private List<NegotiatedTrack> alternatives(NegotiatedTrack served, OfferedMedia media) {
    LocalTrack track = served.track();
    if (!local.direction().receives()) {
      return List.of();
    }
    return media.formats().stream()
        .filter(format -> format.payloadType() != served.payloadType())
        .filter(format -> track.choice().choose(List.of(format)) != null)
        .map(format -> NegotiatedTrack.of(track, media, format, local))
        .toList();
  }

  private boolean asks(OfferedMedia media) {
    return media.asks(local.direction());
  }

  private boolean hasTrackFor(OfferedMedia media) {
    return unused.stream().anyMatch(track -> track.isOf(media.description()));
  }

  private void keepIdle(OfferedMedia media) {
    if (accepted.track(media.index()) == null && obstacle(media) == null) {
      accepted.keepIdle(media);
    }
  }

  /** Returns what keeps a media description off the transport, or null. */
  private @Nullable String obstacle(OfferedMedia media) {
    String own = media.obstacle();
    if (own != null || accepted.admits(media)) {
      return own;
    }
    return "is not bundled with the one that is served (RFC 9143)";
  }
}
