package dev.sluice.sdp;

import dev.sluice.rtp.h264.ProfileLevelId;
import org.jspecify.annotations.Nullable;

/** A track that this side can send to one viewer, and the identifiers it is sent with. */
public final class LocalTrack {

  private final String id;
  private final String media;
  private final FormatChoice choice;
  private final int ssrc;
  private final int rtxSsrc;

  private LocalTrack(String id, String media, FormatChoice choice, int ssrc, int rtxSsrc) {
    this.id = id;
    this.media = media;
    this.choice = choice;
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
  }

  /**
   * Describes an H.264 track, sent with packetization-mode 1 (RFC 6184).
   *
   * @param id the track identifier for the msid attribute (RFC 8830), a token
   * @param profile the profile and level of its sequence parameter set, or null when not known yet
   * @param ssrc the SSRC it is sent with
   * @param rtxSsrc the SSRC of its retransmissions (RFC 4588)
   * @return the track
   */
  public static LocalTrack h264(
      String id, @Nullable ProfileLevelId profile, int ssrc, int rtxSsrc) {
    return new LocalTrack(id, "video", new H264Choice(profile), ssrc, rtxSsrc);
  }

  /**
   * Describes an Opus track (RFC 7587).
   *
   * @param id the track identifier for the msid attribute (RFC 8830), a token
   * @param stereo whether the source says that it is stereo
   * @param ssrc the SSRC it is sent with
   * @param rtxSsrc the SSRC of its retransmissions (RFC 4588)
   * @return the track
   */
  public static LocalTrack opus(String id, boolean stereo, int ssrc, int rtxSsrc) {
    return new LocalTrack(id, "audio", new OpusChoice(stereo), ssrc, rtxSsrc);
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

  boolean isOf(MediaDescription description) {
    return media.equals(description.media());
  }

  FormatChoice choice() {
    return choice;
  }
}
