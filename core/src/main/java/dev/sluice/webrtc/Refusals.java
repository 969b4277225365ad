package dev.sluice.webrtc;

import dev.sluice.NegotiationException;
import dev.sluice.RefusedMedia;
import dev.sluice.sdp.MediaRefusal;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.UnservableOfferException;
import java.util.List;

/** What negotiation refuses, in the host's words. */
final class Refusals {

  private Refusals() {}

  static List<RefusedMedia> forHost(List<MediaRefusal> refusals) {
    return refusals.stream().map(r -> new RefusedMedia(r.index(), r.media(), r.reason())).toList();
  }

  static NegotiationException malformed(SdpException cause) {
    return NegotiationException.malformed(String.valueOf(cause.getMessage()), cause);
  }

  static NegotiationException unservable(UnservableOfferException cause) {
    return NegotiationException.unservable(
        String.valueOf(cause.getMessage()), cause, forHost(cause.refusals()));
  }
}
