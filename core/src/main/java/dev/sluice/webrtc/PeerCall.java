package dev.sluice.webrtc;

import dev.sluice.NegotiationException;
import dev.sluice.ice.RemoteCandidate;
import dev.sluice.sdp.AnswerReader;
import dev.sluice.sdp.LocalDescription;
import dev.sluice.sdp.MediaOffer;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.OfferWriter;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.UnservableOfferException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** An offer to a peer that is to send a stream, on a socket of its own. */
public final class PeerCall {
  private final PeerSocket socket;
  private final LocalDescription local;
  private final Publishing publishing;
  private final String sdp;

  /** Makes a publisher of a peer that has answered. */
  @FunctionalInterface
  interface Publishing {
    PeerIngest begin(AnsweringPeer peer, Negotiation negotiation, PeerLifecycle lifecycle);
  }

  /**
   * Makes the offer.
   *
   * @param socket where the peer will be at home
   * @param local what this side brings
   * @param media what it takes
   * @param publishing takes it from there
   */
  PeerCall(
      PeerSocket socket, LocalDescription local, List<MediaOffer> media, Publishing publishing) {
    this.socket = socket;
    this.local = local;
    this.publishing = publishing;
    sdp = OfferWriter.write(local, media);
  }

  /** {@return the offer} */
  public String sdp() {
    return sdp;
  }

  /**
   * The peer has answered. Once only.
   *
   * @param answerSdp its answer
   * @param lifecycle hears how far it is
   * @return the session, which looks for a path to the peer from now on
   * @throws NegotiationException if the answer is malformed or nothing in it can be relayed
   */
  public PeerIngest accept(String answerSdp, PeerLifecycle lifecycle) {
    Negotiation negotiation = read(answerSdp);
    PeerIngest ingest = publishing.begin(remote(negotiation), negotiation, lifecycle);
    ingest.onClose(this::close);
    return ingest;
  }

  private Negotiation read(String answerSdp) {
    try {
      return AnswerReader.read(answerSdp, local);
    } catch (SdpException e) {
      throw Refusals.malformed(e);
    } catch (UnservableOfferException e) {
      throw Refusals.unservable(e);
    }
  }

  /** Closes the socket, and ends what is at home there; from any thread, without waiting. */
  public void close() {
    socket.closing().run();
  }

  private AnsweringPeer remote(Negotiation answered) {
    return new AnsweringPeer(
        local.credentials(),
        answered.remoteCredentials(),
        answered.remoteFingerprints(),
        candidates(answered.remoteCandidates()).stream().filter(this::isOfOwnFamily).toList(),
        answered.remotePassive());
  }

  /** pairs are of one address family (RFC 8445, section 6.1.2.2) */
  private boolean isOfOwnFamily(RemoteCandidate remote) {
    Class<? extends InetAddress> family = remote.address().getAddress().getClass();
    return candidates(local.candidates()).stream()
        .anyMatch(own -> own.address().getAddress().getClass() == family);
  }

  private static List<RemoteCandidate> candidates(List<String> attributes) {
    return attributes.stream().map(RemoteCandidate::parse).filter(Objects::nonNull).toList();
  }
}
