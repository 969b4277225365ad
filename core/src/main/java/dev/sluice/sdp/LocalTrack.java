package dev.sluice.sdp;

import org.jspecify.annotations.Nullable;

/** A track that this side can send to a peer, with the identifiers it is sent with, or take. */
public final class LocalTrack {

  private final String id;
  private final String media;
  private final FormatChoice choice;
  private final int ssrc;
  private final int rtxSsrc;
  private final @Nullable Integer fecSsrc;

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
    this(id, media, choice, ssrc, rtxSsrc, null);
  }

  private LocalTrack(
      String id,
      String media,
      FormatChoice choice,
      int ssrc,
      int rtxSsrc,
      @Nullable Integer fecSsrc) {
    this.id = id;
    this.media = media;
    this.choice = choice;
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
    this.fecSsrc = fecSsrc;
  }

  /**
   * The same with forward error correction, where the peer offers it.
   *
   * @param repairSsrc the SSRC of repair packets
   * @return the track
   */
  public LocalTrack withFec(int repairSsrc) {
    return new LocalTrack(id, media, choice, ssrc, rtxSsrc, repairSsrc);
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

  /** {@return the SSRC of its repair packets, where they are negotiated; null where never} */
  public @Nullable Integer fecSsrc() {
    return fecSsrc;
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
