package dev.sluice.sdp;

/** The kinds of RTCP feedback that are understood, as rtcp-fb attributes name them. */
public enum Feedback {
  /** generic NACK (RFC 4585 section 6.2.1) */
  NACK("nack"),
  /** picture loss indication (RFC 4585 section 6.3.1) */
  PLI("nack pli"),
  /** full intra request (RFC 5104 section 4.3.1) */
  FIR("ccm fir"),
  /** transport-wide congestion control (draft-holmer-rmcat-transport-wide-cc-extensions-01) */
  TRANSPORT_CC("transport-cc"),
  /** receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03) */
  REMB("goog-remb");

  private final String attribute;

  Feedback(String attribute) {
    this.attribute = attribute;
  }

  /** {@return what follows the payload type in the attribute} */
  String attribute() {
    return attribute;
  }
}
