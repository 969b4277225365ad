/** RTCP messages, reception statistics and report scheduling, without I/O. */
module dev.sluice.rtcp {
  requires dev.sluice.rtp;
  requires static org.jspecify;

  exports dev.sluice.rtcp;
}
