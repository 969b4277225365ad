/** The embeddable relay engine: streams, viewers, WHIP, WHEP and RTSP. */
module dev.sluice {
  requires dev.sluice.ice;
  requires dev.sluice.rtcp;
  requires transitive dev.sluice.rtp;
  requires transitive dev.sluice.srtp;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires transitive io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires transitive java.net.http;
  requires org.slf4j;
  requires jdk.jfr;
  requires static micrometer.core;
  requires static org.jspecify;

  exports dev.sluice;
  exports dev.sluice.codec;
  exports dev.sluice.metrics;
  exports dev.sluice.pull;
  exports dev.sluice.rtsp;
  exports dev.sluice.signalling;
  exports dev.sluice.spi;
  exports dev.sluice.whep;
  exports dev.sluice.whip;

  uses dev.sluice.RelayEngineProvider;

  provides dev.sluice.RelayEngineProvider with
      dev.sluice.engine.EngineProvider;
}
