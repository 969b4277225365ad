package dev.sluice.rtp.h264;

/** Where in its access unit a packet stands, which decides its marker bit. */
enum Boundary {
  /** ahead of the picture, which follows */
  AHEAD,
  /** more packets of the access unit follow */
  INSIDE,
  /** the last packet of the access unit */
  LAST,
  /** only the next packet will tell */
  UNDECIDED
}
