package dev.sluice.sdp;

import dev.sluice.ice.IceCredentials;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.List;
import java.util.Set;

/**
 * What came of an offer.
 *
 * @param answer the answer
 * @param remoteCredentials the viewer's ICE credentials
 * @param remoteFingerprints the fingerprints of the viewer's certificate; at least one
 * @param remoteCandidates the viewer's candidates so far, each as {@code candidate:...}
 * @param endOfCandidates whether the viewer said that no candidate will follow
 * @param remotePassive whether the peer waits for this side to begin with DTLS
 * @param tracks the tracks that are sent, in the order of their media descriptions; at least one
 * @param alternatives further formats in which the peer may send a track in place of the one that
 *     is described, the most wanted first: its packets tell (RFC 3264 section 6.1)
 * @param refusals the media descriptions in which nothing is sent, and why
 * @param remoteUfrags the user-name fragments of all transports that were offered
 */
public record Negotiation(
    String answer,
    IceCredentials remoteCredentials,
    List<Fingerprint> remoteFingerprints,
    List<String> remoteCandidates,
    boolean endOfCandidates,
    boolean remotePassive,
    List<NegotiatedTrack> tracks,
    List<NegotiatedTrack> alternatives,
    List<MediaRefusal> refusals,
    Set<String> remoteUfrags) {

  /** Copies the collections. */
  public Negotiation {
    remoteFingerprints = List.copyOf(remoteFingerprints);
    remoteCandidates = List.copyOf(remoteCandidates);
    tracks = List.copyOf(tracks);
    alternatives = List.copyOf(alternatives);
    refusals = List.copyOf(refusals);
    remoteUfrags = Set.copyOf(remoteUfrags);
  }

  /** Leaves out the answer, which holds the local ICE password. */
  @Override
  public String toString() {
    return "Negotiation[" + remoteCredentials + ", " + tracks + ']';
  }
}
