package dev.sluice.webrtc;

import dev.sluice.NegotiationException;
import dev.sluice.ice.IceCredentials;
import dev.sluice.sdp.Answerer;
import dev.sluice.sdp.Direction;
import dev.sluice.sdp.Feedback;
import dev.sluice.sdp.LocalDescription;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import dev.sluice.sdp.UnservableOfferException;
import dev.sluice.srtp.dtls.DtlsIdentity;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Negotiates with peers and makes them, whatever the direction of their media. */
public final class PeerFactory {
  private static final int ID_BYTES = 18;

  private final PeerLoops loops;
  private final PeerSettings settings;
  private final DtlsIdentity identity;
  private final List<String> candidates;
  private final SecureRandom random;

  /**
   * What is brought to a negotiation besides the transport.
   *
   * @param direction of the media
   * @param tracks what is sent, or can be taken
   * @param feedback the kinds of RTCP feedback that are accepted
   * @param extensions the URIs of the RTP header extensions that are accepted
   */
  record Terms(
      Direction direction,
      List<LocalTrack> tracks,
      Set<Feedback> feedback,
      Set<String> extensions) {}

  /**
   * An offer with its answer.
   *
   * @param credentials of this side
   * @param cname the canonical name of this side
   * @param negotiation what came of it
   */
  record Answered(IceCredentials credentials, String cname, Negotiation negotiation) {}

  /**
   * A peer that is not open yet, and what its host's view of it needs.
   *
   * @param id an unguessable name
   * @param peer its session
   * @param answered its offer
   * @param candidates of this side
   * @param newCredentials makes credentials for an ICE restart; null where the peer restarts none,
   *     since it has made no offer
   */
  record Made(
      String id,
      Peer peer,
      Answered answered,
      List<String> candidates,
      @Nullable Supplier<IceCredentials> newCredentials) {}

  /**
   * Makes a factory.
   *
   * @param loops where peers get their homes
   * @param settings what all peers share
   * @param identity certificate of this side
   * @param candidates of this side, as in SDP
   * @param random for identifiers and keys
   */
  public PeerFactory(
      PeerLoops loops,
      PeerSettings settings,
      DtlsIdentity identity,
      List<String> candidates,
      SecureRandom random) {
    this.loops = loops;
    this.settings = settings;
    this.identity = identity;
    this.candidates = candidates;
    this.random = random;
  }

  PeerSettings settings() {
    return settings;
  }

  SecureRandom random() {
    return random;
  }

  /**
   * Negotiates.
   *
   * @throws NegotiationException if the offer is malformed or nothing in it can be served
   */
  Answered answer(String offerSdp, Terms terms) {
    LocalDescription local = describe(terms, candidates);
    try {
      Negotiation negotiation = Answerer.answer(SessionDescription.parse(offerSdp), local);
      return new Answered(local.credentials(), local.cname(), negotiation);
    } catch (SdpException e) {
      throw Refusals.malformed(e);
    } catch (UnservableOfferException e) {
      throw Refusals.unservable(e);
    }
  }

  /** What this side brings, with new credentials. */
  LocalDescription describe(Terms terms, List<String> ownCandidates) {
    String cname = newId();
    return new LocalDescription(
        random.nextLong() >>> 1,
        cname,
        cname,
        newCredentials(),
        identity.fingerprint("sha-256"),
        ownCandidates,
        terms.direction,
        terms.tracks,
        terms.feedback,
        terms.extensions);
  }

  /**
   * Makes a peer.
   *
   * @param answered its offer
   * @param media what it is there for
   * @param writer the thread that writes what it will read, null while unknown
   */
  Made make(Answered answered, PeerMedia media, @Nullable Thread writer) {
    Negotiation negotiation = answered.negotiation;
    Peer peer =
        new Peer(
            loops.next(writer),
            settings,
            media,
            new OfferingPeer(
                answered.credentials,
                negotiation.remoteCredentials(),
                negotiation.remoteFingerprints(),
                negotiation.remotePassive()));
    return new Made(newId(), peer, answered, candidates, this::newCredentials);
  }

  /**
   * Makes a peer that has answered an offer.
   *
   * @param socket where it is at home
   * @param remote what its answer says of it
   * @param answered the offer, with its answer
   * @param media what it is there for
   */
  Made make(PeerSocket socket, RemotePeer remote, Answered answered, PeerMedia media) {
    Peer peer =
        new Peer(PeerHome.on(socket.loop()), settings.in(socket.directory()), media, remote);
    return new Made(newId(), peer, answered, socket.candidates(), null);
  }

  private IceCredentials newCredentials() {
    return IceCredentials.generate(random);
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
