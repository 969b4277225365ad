package dev.sluice.benchmarks.load.viewer;

import dev.sluice.ice.IceCredentials;

/** The offer of a viewer that wants one H.264 track, as browsers write it. */
public final class Offer {
  static final int PAYLOAD_TYPE = 96;
  static final int RTX_PAYLOAD_TYPE = 97;

  private static final String TEMPLATE =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=video 9 UDP/TLS/RTP/SAVPF 96 97
      c=IN IP4 0.0.0.0
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=ice-options:trickle
      a=fingerprint:sha-256 %s
      a=setup:active
      a=mid:0
      a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
      a=extmap:2 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=recvonly
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:96 H264/90000
      a=rtcp-fb:96 ccm fir
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      a=rtcp-fb:96 transport-cc
      a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      """;

  private Offer() {}

  /**
   * Writes an offer.
   *
   * @param credentials of the viewer
   * @param fingerprint of its certificate, by sha-256
   * @return the SDP
   */
  public static String of(IceCredentials credentials, String fingerprint) {
    return TEMPLATE
        .formatted(credentials.ufrag(), credentials.pwd(), fingerprint)
        .replace("\n", "\r\n");
  }

  /**
   * Writes an offer without transport-wide feedback.
   *
   * @param credentials of the viewer
   * @param fingerprint of its certificate, by sha-256
   * @return the SDP
   */
  static String withoutFeedback(IceCredentials credentials, String fingerprint) {
    return of(credentials, fingerprint).replaceAll("a=.*transport-.*\r\n", "");
  }
}
