package dev.sluice.sdp;

import dev.sluice.ice.IceCredentials;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.List;
import java.util.Set;

/**
 * What this side brings to the answer for one peer, or to an offer that it makes.
 *
 * @param sessionId the session identifier of the o= line, a positive number that is not used twice
 * @param streamId the identifier of the media stream for the msid attribute (RFC 8830), a token
 * @param cname the canonical name (RFC 7022) that the tracks share
 * @param credentials the ICE credentials
 * @param fingerprint the fingerprint of the DTLS certificate
 * @param candidates all ICE candidates, each as {@code candidate:...}
 * @param direction {@link Direction#SENDONLY} for a viewer, {@link Direction#RECVONLY} for a
 *     publisher
 * @param tracks what is sent, or can be taken
 * @param feedback the kinds of RTCP feedback that are accepted; RTX goes with generic NACK
 * @param extensions the URIs of the RTP header extensions that are accepted
 */
public record LocalDescription(
    long sessionId,
    String streamId,
    String cname,
    IceCredentials credentials,
    Fingerprint fingerprint,
    List<String> candidates,
    Direction direction,
    List<LocalTrack> tracks,
    Set<Feedback> feedback,
    Set<String> extensions) {

  /** Copies the collections. */
  public LocalDescription {
    candidates = List.copyOf(candidates);
    tracks = List.copyOf(tracks);
    feedback = Set.copyOf(feedback);
    extensions = Set.copyOf(extensions);
  }

  /** Begins the session part with what it always has, and a bundle if there is one. */
  SdpLines.Builder session(List<String> bundledMids) {
    SdpLines.Builder lines =
        new SdpLines.Builder()
            .line('v', "0")
            .line('o', "- " + sessionId + " 1 IN IP4 127.0.0.1")
            .line('s', "-")
            .line('t', "0 0");
    return bundledMids.isEmpty()
        ? lines
        : lines.attribute("group", "BUNDLE " + String.join(" ", bundledMids));
  }
}
