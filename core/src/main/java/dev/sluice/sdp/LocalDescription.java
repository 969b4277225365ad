package dev.sluice.sdp;

import dev.sluice.ice.IceCredentials;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.List;

/**
 * What this side brings to the answer for one viewer.
 *
 * @param sessionId the session identifier of the o= line, a positive number that is not used twice
 * @param streamId the identifier of the media stream for the msid attribute (RFC 8830), a token
 * @param cname the canonical name (RFC 7022) that the tracks share
 * @param credentials the ICE credentials
 * @param fingerprint the fingerprint of the DTLS certificate
 * @param candidates all ICE candidates, each as {@code candidate:...}
 * @param tracks the tracks of the stream
 * @param retransmission whether lost packets can be sent again: whether generic NACK and RTX are
 *     accepted
 */
public record LocalDescription(
    long sessionId,
    String streamId,
    String cname,
    IceCredentials credentials,
    Fingerprint fingerprint,
    List<String> candidates,
    List<LocalTrack> tracks,
    boolean retransmission) {

  /** Copies the lists. */
  public LocalDescription {
    candidates = List.copyOf(candidates);
    tracks = List.copyOf(tracks);
  }
}
