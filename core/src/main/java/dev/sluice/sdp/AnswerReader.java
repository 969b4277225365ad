package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;

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
        alternatives(answer, accepted, local),
        accepted.refusals(),
        IceAttributes.ufrags(answer));
  }

  private static List<NegotiatedTrack> alternatives(
      SessionDescription answer, AcceptedBundle accepted, LocalDescription local) {
    List<NegotiatedTrack> alternatives = new ArrayList<>();
    for (OfferedMedia media : OfferedMedia.of(answer)) {
      NegotiatedTrack track = accepted.track(media.index());
      if (track != null && track.rids().isEmpty()) {
        for (PayloadFormat format : others(media.formats(), track)) {
          alternatives.add(NegotiatedTrack.of(track.track(), media, format, local));
        }
      }
    }
    return alternatives;
  }

  private static List<PayloadFormat> others(List<PayloadFormat> formats, NegotiatedTrack track) {
    return formats.stream()
        .filter(format -> format.payloadType() != track.payloadType())
        .filter(format -> track.track().choice().choose(List.of(format)) != null)
        .toList();
  }
}
