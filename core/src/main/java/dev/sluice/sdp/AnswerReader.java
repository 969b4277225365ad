package dev.sluice.sdp;

import java.util.List;

/**
 * Reads what came of an offer to receive (RFC 9429 section 5.4): one transport of the answer is
 * taken, as {@link Answerer} takes one of an offer, and the media that comes over it.
 */
public final class AnswerReader {

  /**
   * What the peer has answered.
   *
   * @param negotiation what was agreed on; its answer is that of the peer
   * @param passive whether the peer waits for this side to begin with DTLS (RFC 5763 section 5)
   */
  public record Answered(Negotiation negotiation, boolean passive) {}

  private AnswerReader() {}

  /**
   * Reads an answer.
   *
   * @param text the answer
   * @param local what this side has offered
   * @return what was agreed on
   * @throws SdpException if the answer is malformed; the message says how
   * @throws UnservableOfferException if nothing that it sends can be taken, or not its picture; the
   *     message says why
   */
  public static Answered read(String text, LocalDescription local)
      throws SdpException, UnservableOfferException {
    SessionDescription answer = SessionDescription.parse(text);
    AcceptedBundle accepted = Answerer.accept(answer, local);
    if (accepted.tracks().isEmpty() || accepted.lacksPicture()) {
      throw new UnservableOfferException(
          accepted.tracks().isEmpty()
              ? "nothing in the answer can be taken"
              : "the picture cannot be taken",
          accepted.refusals());
    }
    List<SdpLines> parts = accepted.offeredTransport();
    OfferedTransport remote = OfferedTransport.of(parts);
    Negotiation negotiation =
        new Negotiation(
            text,
            remote.credentials(),
            remote.fingerprints(),
            remote.candidates(),
            remote.endOfCandidates(),
            accepted.tracks(),
            accepted.refusals(),
            IceAttributes.ufrags(answer));
    return new Answered(negotiation, isPassive(OfferedTransport.setup(parts)));
  }

  /** Who does not say is active (RFC 4145 section 4). */
  private static boolean isPassive(String setup) throws UnservableOfferException {
    if (!setup.equals("active") && !setup.equals("passive")) {
      throw new UnservableOfferException(
          "a=setup has to be active or passive in an answer: " + Excerpt.of(setup));
    }
    return setup.equals("passive");
  }
}
