package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.PeerContext;
import dev.sluice.RelayListener;
import dev.sluice.ice.IceCredentials;
import dev.sluice.receive.RecordingSinks;
import io.netty.channel.socket.DatagramPacket;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole sessions of peers that publish, in virtual time. */
abstract class IngestHarness extends PeerHarness {
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?s).*?a=ice-ufrag:(\\S+).*?a=ice-pwd:(\\S+).*");
  static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=ice-ufrag:%s
      a=ice-pwd:%s
      a=fingerprint:%s
      a=setup:actpass
      m=video 9 UDP/TLS/RTP/SAVPF 96 97
      a=mid:0
      a=sendonly
      a=rtcp-mux
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      a=rtcp-fb:96 transport-cc
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
      a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
      a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      m=audio 9 UDP/TLS/RTP/SAVPF 63 111
      a=mid:1
      a=sendonly
      a=rtcp-mux
      a=rtpmap:111 opus/48000/2
      a=rtcp-fb:111 transport-cc
      a=rtpmap:63 red/48000/2
      a=fmtp:63 111/111
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      """;

  final RecordingSinks sinks = new RecordingSinks();
  final RecordingSinks renditions = new RecordingSinks();
  PeerIngest ingest;
  PublishingPeer peer;

  /** may change the offer */
  String offered(String offer) {
    return offer;
  }

  @Override
  void openSession() throws Exception {
    dtls = new DtlsClient();
    String offer = OFFER.formatted(REMOTE.ufrag(), REMOTE.pwd(), dtls.fingerprint());
    PeerFactory peers = new PeerFactory(writer -> home(), settings, IDENTITY, List.of(), RANDOM);
    ingest =
        new IngestFactory(peers, sinks, renditions, new Host())
            .create("cam", offered(offer), PeerContext.NONE, new Lifecycle());
    Matcher answer = CREDENTIALS.matcher(ingest.answer());
    if (answer.matches()) {
      local = new IceCredentials(answer.group(1), answer.group(2));
    }
    channel.runPendingTasks();
  }

  void connect() throws InterruptedException {
    check(PEER, true);
    handshakeWithoutTracks();
    peer = new PublishingPeer(dtls);
    received();
  }

  RecordingSinks.Sink sink() {
    return sinks.first();
  }

  void video(int sequenceNumber) {
    send(peer.packet(PublishingPeer.VIDEO, 1, sequenceNumber, (byte) sequenceNumber));
  }

  void send(byte[] datagram) {
    inject(datagram, PEER);
  }

  /** what was sent to the peer in a time */
  List<PublishingPeer.Message> feedback(long nanos) {
    pass(nanos);
    List<DatagramPacket> packets = received();
    List<byte[]> datagrams = packets.stream().map(PeerHarness::bytes).toList();
    packets.forEach(DatagramPacket::release);
    return peer.read(datagrams);
  }

  List<DatagramPacket> nothingMore() {
    pass(10 * SECOND);
    return received();
  }

  private static final class Lifecycle implements PeerLifecycle {
    @Override
    public void connected(HostedPeer peer) {}

    @Override
    public void ended(HostedPeer peer) {}
  }

  private final class Host implements RelayListener {
    @Override
    public void ingestConnected(Ingest connected) {
      events.happened.add(Objects.requireNonNull(connected).streamName());
    }

    @Override
    public void ingestDisconnected(Ingest gone, DisconnectReason reason) {
      events.happened.add(reason.name());
    }
  }
}
