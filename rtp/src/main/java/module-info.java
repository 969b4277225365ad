/** RTP packets, interleaved framing and payload formats, without I/O. */
module dev.sluice.rtp {
  requires transitive io.netty.buffer;
  requires static transitive org.jspecify;

  exports dev.sluice.rtp;
  exports dev.sluice.rtp.av1;
  exports dev.sluice.rtp.fec;
  exports dev.sluice.rtp.h264;
  exports dev.sluice.rtp.h265;
  exports dev.sluice.rtp.opus;
  exports dev.sluice.rtp.samples;
  exports dev.sluice.rtp.vp8;
  exports dev.sluice.rtp.vp9;
}
