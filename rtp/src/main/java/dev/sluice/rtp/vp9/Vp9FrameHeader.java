package dev.sluice.rtp.vp9;

/**
 * The first byte of a frame, as far as a relay is interested (VP9 bitstream specification, section
 * 6.2): frame_marker, profile, show_existing_frame, frame_type, show_frame.
 */
final class Vp9FrameHeader {

  private static final int MARKER_MASK = 0xC0;
  private static final int MARKER = 0x80;
  private static final int PROFILE_LOW = 0x20;
  private static final int PROFILE_HIGH = 0x10;
  private static final int LAST_PROFILE = 3;
  private static final int SHOW_EXISTING = 0x08;
  private static final int NOT_KEY = 0x04;
  private static final int SHOWN = 0x02;

  private Vp9FrameHeader() {}

  static boolean isFrame(int header) {
    return (header & MARKER_MASK) == MARKER;
  }

  /** 0 to 3 */
  static int profile(int header) {
    return ((header & PROFILE_LOW) != 0 ? 1 : 0) + ((header & PROFILE_HIGH) != 0 ? 2 : 0);
  }

  static boolean isKey(int header) {
    return isFrame(header) && (flags(header) & (SHOW_EXISTING | NOT_KEY)) == 0;
  }

  /** whether other pictures are referred to for sure: shown frames are not intra-only */
  static boolean isInter(int header) {
    int flags = flags(header) & (SHOW_EXISTING | NOT_KEY | SHOWN);
    return isFrame(header) && flags == (NOT_KEY | SHOWN);
  }

  /** profile 3 is followed by a reserved bit */
  private static int flags(int header) {
    return profile(header) == LAST_PROFILE ? header << 1 : header;
  }
}
