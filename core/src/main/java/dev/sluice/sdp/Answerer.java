package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers the offer of a peer that only receives, or only sends (RFC 3264, RFC 9429 section 5.3).
 *
 * <p>One transport of the offer is taken, that of a bundle (RFC 9143) or of a single media
 * description: the one over which most can be served, a picture before any sound. Each media
 * description of the offer ends up
 *
 * <ul>
 *   <li>served, {@code sendonly} or {@code recvonly}: a track of the stream is sent or taken in it,
 *   <li>idle, {@code inactive}: it is RTP in the bundle of what is served, but there is nothing to
 *       send or take in it. It is kept because browsers that bundle from the start cannot do
 *       without the media description that owns the transport, and that may be this one,
 *   <li>refused, port 0: it is something else, data channels for one, or it is not bundled with
 *       what is served, or it cannot multiplex RTCP.
 * </ul>
 *
 * <p>Where the peer asks for something that there is and does not get it, an {@code i=} line (RFC
 * 8866 section 5.4) in the answer's media description says why. An offer is not answered at all
 * when nothing can be sent, or when it asks for a picture that cannot be sent.
 */
public final class Answerer {

  private final SessionDescription offer;
  private final LocalDescription local;

  private Answerer(SessionDescription offer, LocalDescription local) {
    this.offer = offer;
    this.local = local;
  }

  /**
   * Answers an offer.
   *
   * @param offer what the peer offers
   * @param local what this side brings
   * @return the answer and what was agreed on
   * @throws SdpException if the offer is malformed; the message says how
   * @throws UnservableOfferException if nothing in it can be served, or not its picture; the
   *     message says why
   */
  public static Negotiation answer(SessionDescription offer, LocalDescription local)
      throws SdpException, UnservableOfferException {
    return new Answerer(offer, local).answer();
  }

  private Negotiation answer() throws SdpException, UnservableOfferException {
    AcceptedBundle accepted = accept(offer, local);
    if (accepted.tracks().isEmpty()) {
      throw new UnservableOfferException("nothing in the offer can be served", accepted.refusals());
    }
    if (accepted.lacksPicture()) {
      throw new UnservableOfferException("the picture cannot be served", accepted.refusals());
    }
    OfferedTransport remote = OfferedTransport.ofOffer(accepted.offeredTransport());
    return new Negotiation(
        AnswerWriter.write(offer, local, accepted, remote.passive()),
        remote.credentials(),
        remote.fingerprints(),
        remote.candidates(),
        remote.endOfCandidates(),
        remote.passive(),
        accepted.tracks(),
        accepted.alternatives(),
        accepted.refusals(),
        IceAttributes.ufrags(offer));
  }

  private static void checkMids(SessionDescription offer) throws SdpException {
    Set<String> mids = new HashSet<>();
    for (MediaDescription media : offer.media()) {
      String mid = media.mid();
      if (mid != null && !mids.add(mid)) {
        throw new SdpException("two media have the same a=mid: " + Excerpt.of(mid));
      }
    }
  }

  /** Tries each transport, and keeps the first of those that are worth most. */
  static AcceptedBundle accept(SessionDescription offer, LocalDescription local)
      throws SdpException, UnservableOfferException {
    checkMids(offer);
    List<OfferedMedia> media = OfferedMedia.of(offer);
    List<AcceptedBundle> tried = new ArrayList<>();
    for (OfferedMedia leader : media) {
      if (tried.stream().noneMatch(bundle -> bundle.admits(leader))) {
        tried.add(BundleNegotiator.negotiate(offer, media, leader, local));
      }
    }
    if (tried.isEmpty()) {
      throw new UnservableOfferException("nothing can be served: there is no m= line");
    }
    return Collections.max(tried, AcceptedBundle.WORTH);
  }
}
