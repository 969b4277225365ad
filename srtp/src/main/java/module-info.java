/** SRTP, SRTCP and the DTLS-SRTP handshake, without I/O. */
module dev.sluice.srtp {
  requires dev.sluice.rtp;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.tls;
  requires static transitive org.jspecify;

  exports dev.sluice.srtp;
  exports dev.sluice.srtp.dtls;
}
