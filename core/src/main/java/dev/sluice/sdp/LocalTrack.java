package dev.sluice.sdp;

/** A track that this side can send to a peer, with the identifiers it is sent with, or take. */
public final class LocalTrack {

  private final String id;
  private final String media;
  private final FormatChoice choice;
  private final int ssrc;
  private final int rtxSsrc;

  /**
   * Describes a track.
   *
   * @param id the track identifier for the msid attribute (RFC 8830), a token
   * @param media the media type of its m-line
   * @param choice which of the offered formats it is sent in
   * @param ssrc the SSRC it is sent with
   * @param rtxSsrc the SSRC of its retransmissions (RFC 4588)
   */
  public LocalTrack(String id, String media, FormatChoice choice, int ssrc, int rtxSsrc) {
    this.id = id;
    this.media = media;
    this.choice = choice;
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
  }

  /** {@return the track identifier} */
  public String id() {
    return id;
  }

  /** {@return the SSRC it is sent with} */
  public int ssrc() {
    return ssrc;
  }

  /** {@return the SSRC of its retransmissions, where they are negotiated} */
  public int rtxSsrc() {
    return rtxSsrc;
  }

  /** {@return whether it is a picture} */
  public boolean isVideo() {
    return media.equals("video");
  }

  boolean isOf(MediaDescription description) {
    return media.equals(description.media());
  }

  FormatChoice choice() {
    return choice;
  }
}
