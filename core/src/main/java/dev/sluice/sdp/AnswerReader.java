package dev.sluice.sdp;

/**
 * Reads what came of an offer to receive (RFC 9429 section 5.4): one transport of the answer is
 * taken, as {@link Answerer} takes one of an offer, and the media that comes over it.
 */
public final class AnswerReader {

  private AnswerReader() {}

  /**
   * Reads an answer.
   *
   * @param text the answer
   * @param local what this side has offered
   * @return what was agreed on; its answer is that of the peer
   * @throws SdpException if the answer is malformed; the message says how
   * @throws UnservableOfferException if nothing that it sends can be taken, or not its picture; the
   *     message says why
   */
  public static Negotiation read(String text, LocalDescription local)
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
    OfferedTransport remote = OfferedTransport.ofAnswer(accepted.offeredTransport());
    return new Negotiation(
        text,
        remote.credentials(),
        remote.fingerprints(),
        remote.candidates(),
        remote.endOfCandidates(),
        remote.passive(),
        accepted.tracks(),
        accepted.alternatives(),
        accepted.refusals(),
        IceAttributes.ufrags(answer));
  }
}
