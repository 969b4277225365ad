package dev.sluice.sdp;

/**
 * Why nothing is sent in a media description of an offer.
 *
 * @param index the place of the media description in the offer, from 0
 * @param media its media type, such as {@code video}, cut where it is long
 * @param reason what keeps it from being served, to be read after "the media description";
 *     printable ASCII, fit to be shown to the peer
 */
public record MediaRefusal(int index, String media, String reason) {

  /** {@return the refusal as a clause of a message} */
  @Override
  public String toString() {
    return "m-line " + index + " (" + media + ") " + reason;
  }
}
