package dev.sluice.whep;

import dev.sluice.NegotiationException;
import dev.sluice.Viewer;
import dev.sluice.ice.IceCredentials;
import dev.sluice.sdp.MediaDescription;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import dev.sluice.sdp.TrickleFragment;
import java.util.HashSet;
import java.util.Set;

/**
 * A session resource: a viewer, and the entity tag of the ICE session it is in (RFC 9725 section
 * 4.3.1).
 */
final class WhepSession {

  private static final String UFRAG = "ice-ufrag";

  private final Viewer viewer;
  private final Set<String> remoteUfrags = new HashSet<>();
  private int iceSession = 1;

  WhepSession(Viewer viewer, SessionDescription offer) {
    this.viewer = viewer;
    remoteUfrags.addAll(offer.session().attributes(UFRAG));
    for (MediaDescription media : offer.media()) {
      remoteUfrags.addAll(media.lines().attributes(UFRAG));
    }
  }

  Viewer viewer() {
    return viewer;
  }

  synchronized String entityTag() {
    return "\"" + iceSession + '"';
  }

  /** Takes candidates, or restarts ICE when the credentials are new ones. */
  synchronized WhepResponse patch(WhepRequest request) {
    String ifMatch = request.header("If-Match");
    if (ifMatch.isBlank()) {
      return Problem.PRECONDITION_REQUIRED.because("If-Match has to name the ICE session, or be *");
    }
    if (!matches(ifMatch)) {
      return Problem.PRECONDITION_FAILED.because("the ICE session is another one by now");
    }
    try {
      IceCredentials credentials = TrickleFragment.parse(request.body()).credentials();
      if (credentials == null || remoteUfrags.contains(credentials.ufrag())) {
        viewer.addRemoteCandidates(request.body());
        return WhepResponse.of(204);
      }
      return restart(credentials, request.body());
    } catch (SdpException | NegotiationException e) {
      return Problem.BAD_REQUEST.because(String.valueOf(e.getMessage()));
    }
  }

  private WhepResponse restart(IceCredentials credentials, String fragment) {
    String answer = viewer.restartIce(fragment);
    remoteUfrags.clear();
    remoteUfrags.add(credentials.ufrag());
    iceSession++;
    return WhepResponse.of(200, MediaTypes.TRICKLE, answer).with("ETag", entityTag());
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
