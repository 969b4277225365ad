package dev.sluice.sdp;

/** What comes of offers of a browser, for tests of other packages. */
public final class Negotiations {
  private Negotiations() {}

  /** {@return an offer of Chromium to receive a picture and sound} */
  public static String chromium() {
    return Offers.CHROMIUM.text();
  }

  /** {@return what comes of an offer where there are a picture and sound} */
  public static Negotiation of(String offer) throws Exception {
    return Answerer.answer(
        SessionDescription.parse(offer), Locals.countingTransportWide(Locals.VIDEO, Locals.AUDIO));
  }

  /** {@return what comes of it where there is sound alone} */
  public static Negotiation ofSound(String offer) throws Exception {
    return Answerer.answer(
        SessionDescription.parse(offer), Locals.countingTransportWide(Locals.AUDIO));
  }
}
