package dev.sluice.signalling;

import dev.sluice.NegotiationException;
import dev.sluice.PeerSession;

/**
 * A session resource: a peer, and the entity tag of the ICE session it is in (RFC 9725 section
 * 4.3.1).
 */
final class SessionResource {

  private final PeerSession peer;
  private int iceSession = 1;

  SessionResource(PeerSession peer) {
    this.peer = peer;
  }

  PeerSession peer() {
    return peer;
  }

  synchronized String entityTag() {
    return "\"" + iceSession + '"';
  }

  /** Takes candidates, or restarts ICE when the credentials are new ones. */
  synchronized SignallingResponse patch(SignallingRequest request) {
    String ifMatch = request.header("If-Match");
    if (ifMatch.isBlank()) {
      return Problem.PRECONDITION_REQUIRED.because("If-Match has to name the ICE session, or be *");
    }
    if (!matches(ifMatch)) {
      return Problem.PRECONDITION_FAILED.because("the ICE session is another one by now");
    }
    try {
      String answer = peer.trickle(request.body());
      return answer == null ? SignallingResponse.of(204) : restarted(answer);
    } catch (NegotiationException e) {
      return Problem.BAD_REQUEST.because(String.valueOf(e.getMessage()));
    }
  }

  private SignallingResponse restarted(String answer) {
    iceSession++;
    return SignallingResponse.of(200, MediaTypes.TRICKLE, answer).with("ETag", entityTag());
  }

  /** Compares strongly (RFC 9110 section 13.1.1). The RFC's own example has the asterisk quoted. */
  private boolean matches(String ifMatch) {
    for (String element : ifMatch.split(",")) {
      String tag = element.strip();
      if (tag.equals("*") || tag.equals("\"*\"") || tag.equals(entityTag())) {
        return true;
      }
    }
    return false;
  }
}
