/** RTP packets, interleaved framing and H.264 payload format, without I/O. */
module dev.sluice.rtp {
  requires transitive io.netty.buffer;
  requires static transitive org.jspecify;

  exports dev.sluice.rtp;
  exports dev.sluice.rtp.h264;
  exports dev.sluice.rtp.opus;
}
