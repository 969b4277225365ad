package dev.sluice.rtp.h264;

/** What {@link H264Counters} counts. */
public enum H264Counter {
  /** payloads without a byte, as in packets of padding alone; ignored */
  EMPTY_PAYLOAD,
  /** payloads of a type that RFC 6184 section 5.2 leaves undefined (0, 30, 31); ignored */
  RESERVED_TYPE,
  /** payloads dropped because they belong to packetization-mode 2: STAP-B, MTAP, FU-B */
  INTERLEAVED_MODE,
  /** payloads and NAL units dropped because their forbidden_zero_bit says that they are damaged */
  FORBIDDEN_BIT,
  /** NAL units dropped because they are of a type that cannot stand there */
  MALFORMED_NAL_UNIT,
  /** NAL units left out because they have no body, or no byte at all, as padding has */
  EMPTY_NAL_UNIT,
  /** NAL units beside pictures left out because they are larger than what is kept of them */
  OVERSIZED_NAL_UNIT,
  /** STAP-A payloads of which the rest was dropped because their sizes do not add up */
  MALFORMED_AGGREGATE,
  /** FU-A payloads dropped because their header is malformed */
  MALFORMED_FRAGMENT,
  /** FU-A payloads dropped because the fragment, or the picture, before them is missing */
  ORPHAN_FRAGMENT,
  /** NAL units whose last fragments never came, so that their rest is missing in the output */
  UNFINISHED_NAL_UNIT,
  /** access units of a host dropped because start codes or lengths are malformed */
  MALFORMED_ACCESS_UNIT,
  /** gaps left in the output so that receivers see a loss */
  GAP,
  /** marker bits that the source has set before the last packet of an access unit */
  SPURIOUS_MARKER,
  /** marker bits that the source has not set on the last packet of an access unit */
  MISSING_MARKER,
  /** access units at which decoding can start */
  KEYFRAME,
  /** those of them without an IDR picture, at which browsers do not start: open groups */
  RECOVERY_POINT,
  /** the same, but of no use because the parameter sets they refer to are not known */
  KEYFRAME_WITHOUT_PARAMETER_SETS,
  /** access units that got parameter sets added */
  PARAMETER_SETS_INSERTED,
  /** parameter sets not kept for later because they are malformed or too large */
  PARAMETER_SET_REJECTED,
  /** filler data NAL units dropped or shortened */
  FILLER_DROPPED,
  /** pictures sent after one that they are shown before: B pictures, which browsers stutter at */
  REORDERED_PICTURE,
  /** those of them that were left out because nothing refers to them */
  REORDERED_PICTURE_DROPPED
}
