package dev.sluice.codec;

/** How NAL units are told apart in the frames of codecs that have them. */
public enum NalUnitFraming {
  /** by start codes of four bytes in front of them (annex B), as in transport streams */
  START_CODES,
  /** by their lengths in four bytes, big-endian, in front of them, as in MP4 files */
  LENGTHS
}
