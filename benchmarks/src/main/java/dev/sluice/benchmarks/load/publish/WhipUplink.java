package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.viewer.Answer;
import dev.sluice.benchmarks.load.viewer.Handshake;
import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.ice.IceCredentials;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtp.h264.H264Packetizer;
import dev.sluice.srtp.SrtcpReceiver;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;

/** One stream by WHIP, over ICE, DTLS and SRTP. */
final class WhipUplink implements Uplink {
  /** so that datagrams have 1,200 bytes at most, as browsers' have */
  private static final int MAX_PAYLOAD = 1_160;

  private static final int LARGEST_DATAGRAM = 2_048;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=video 9 UDP/TLS/RTP/SAVPF 96
      c=IN IP4 0.0.0.0
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=fingerprint:sha-256 %s
      a=setup:active
      a=mid:0
      a=extmap:2 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=sendonly
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:96 H264/90000
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      a=rtcp-fb:96 transport-cc
      a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      a=ssrc:%s cname:publisher
      """;

  private final PeerSocket socket;
  private final SrtcpReceiver srtcp;
  private final SealedPackets packets;
  private final H264Packetizer packetizer;
  private final CompoundReader rtcp = new CompoundReader();
  private final byte[] in = new byte[LARGEST_DATAGRAM];

  /**
   * Connects.
   *
   * @param signalling brings an offer to the relay, and its answer back
   * @param identity the publisher's certificate
   * @param ssrc of the stream
   * @throws IOException if the session cannot be had
   */
  WhipUplink(UnaryOperator<String> signalling, Identity identity, int ssrc) throws IOException {
    IceCredentials local = IceCredentials.generate(RANDOM);
    String offer = OFFER.formatted(local.ufrag(), local.pwd(), identity.fingerprint(), ssrc);
    Answer answer = Answer.parse(signalling.apply(offer.replace("\n", "\r\n")));
    socket = new PeerSocket(local, answer, identity, ssrc);
    Handshake.Keys keys = socket.connect();
    srtcp = new SrtcpReceiver(keys.remote(), null);
    packets = new SealedPackets(keys.local(), socket.channel(), ssrc, answer.transportExtension());
    packetizer = new H264Packetizer(packets, MAX_PAYLOAD);
  }

  @Override
  public H264Packetizer packetizer() {
    return packetizer;
  }

  /** nothing waits: each packet goes out when it is made */
  @Override
  public void flush() {}

  /** and sends again what the relay misses */
  @Override
  public boolean isKeyframeWanted() throws IOException {
    boolean wanted = false;
    for (int length = socket.receive(in); length > 0; length = socket.receive(in)) {
      int size = srtcp.unprotect(in, 0, length);
      boolean more = size > 0 && rtcp.wrap(in, 0, size) && rtcp.next();
      while (more) {
        wanted |= rtcp.type() == MessageType.PICTURE_LOSS_INDICATION;
        if (rtcp.type() == MessageType.GENERIC_NACK) {
          GenericNack.forEachLost(in, rtcp.offset(), rtcp.length(), packets::resend);
        }
        more = rtcp.next();
      }
    }
    return wanted;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
