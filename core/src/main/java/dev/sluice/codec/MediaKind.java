package dev.sluice.codec;

/** What a track is for. */
public enum MediaKind {
  /** pictures; decoding starts at a keyframe */
  VIDEO("video"),
  /** sound; decoding starts anywhere */
  AUDIO("audio");

  private final String media;

  MediaKind(String media) {
    this.media = media;
  }

  /** {@return the media type of an m-line (RFC 8866, section 5.14)} */
  public String media() {
    return media;
  }
}
