package dev.sluice.sdp;

import dev.sluice.ice.IceCredentials;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The peer's end of the transport that all served media share.
 *
 * @param credentials its ICE credentials
 * @param fingerprints the fingerprints of its certificate
 * @param candidates its candidates so far
 * @param endOfCandidates whether no candidate will follow
 * @param passive whether it waits for this side to begin with DTLS (RFC 5763 section 5)
 */
record OfferedTransport(
    IceCredentials credentials,
    List<Fingerprint> fingerprints,
    List<String> candidates,
    boolean endOfCandidates,
    boolean passive) {

  /**
   * Reads the transport of an offer, in which the peer may leave the choice of who begins with DTLS
   * to this side, which then waits.
   *
   * @param parts the parts that may describe the transport
   */
  static OfferedTransport ofOffer(List<SdpLines> parts)
      throws SdpException, UnservableOfferException {
    if (parts.get(parts.size() - 1).has("ice-lite")) {
      throw new UnservableOfferException("both sides are a=ice-lite, so none would check the path");
    }
    return of(parts, "actpass", "active", "passive");
  }

  /**
   * Reads the transport of an answer.
   *
   * @param parts the parts that may describe the transport
   */
  static OfferedTransport ofAnswer(List<SdpLines> parts)
      throws SdpException, UnservableOfferException {
    return of(parts, "active", "passive");
  }

  /** Reads the transport; each attribute from the first part that has it. */
  private static OfferedTransport of(List<SdpLines> parts, String... setups)
      throws SdpException, UnservableOfferException {
    String setup = setup(parts);
    if (!List.of(setups).contains(setup)) {
      throw new UnservableOfferException(
          "a=setup has to be one of " + String.join(", ", setups) + ": " + Excerpt.of(setup));
    }
    SdpLines ice = partWith("ice-ufrag", parts);
    IceCredentials credentials = IceAttributes.credentials(ice);
    if (credentials == null) {
      throw new UnservableOfferException("there is no a=ice-ufrag");
    }
    return new OfferedTransport(
        credentials,
        fingerprints(partWith("fingerprint", parts)),
        IceAttributes.candidates(partWith("candidate", parts)),
        IceAttributes.endOfCandidates(ice),
        setup.equals("passive"));
  }

  private static List<Fingerprint> fingerprints(SdpLines part) throws UnservableOfferException {
    List<String> values = part.attributes("fingerprint");
    if (values.isEmpty()) {
      throw new UnservableOfferException("there is no a=fingerprint");
    }
    List<Fingerprint> fingerprints = new ArrayList<>();
    for (String value : values) {
      Fingerprint fingerprint = Fingerprint.parse(value);
      if (fingerprint != null) {
        fingerprints.add(fingerprint);
      }
    }
    if (fingerprints.isEmpty()) {
      throw new UnservableOfferException(
          "no a=fingerprint is well-formed and of SHA-2: " + Excerpt.of(values.get(0)));
    }
    return fingerprints;
  }

  /**
   * Returns the role in DTLS that the peer wants; who does not say is active (RFC 4145 section 4).
   */
  private static String setup(List<SdpLines> parts) {
    return Objects.requireNonNullElse(partWith("setup", parts).attribute("setup"), "active");
  }

  private static SdpLines partWith(String attribute, List<SdpLines> parts) {
    return parts.stream().filter(part -> part.has(attribute)).findFirst().orElse(SdpLines.EMPTY);
  }
}
