package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;
import static dev.sluice.world.Network.SECOND;

import dev.sluice.PeerContext;
import dev.sluice.ice.IceCredentials;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.FeedbackHeader;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.rtp.HeaderExtensionForm;
import dev.sluice.rtp.HeaderExtensionWriter;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.srtp.SrtcpReceiver;
import dev.sluice.srtp.SrtpSender;
import dev.sluice.webrtc.DtlsClient;
import dev.sluice.webrtc.HostedPeer;
import dev.sluice.webrtc.PeerIngest;
import dev.sluice.webrtc.PeerLifecycle;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A peer that publishes over the network, in one encoding or in two. It sends again what it is
 * asked for, and now and then it is found at another address.
 */
final class PeerUplink implements Uplink, Resident, PeerLifecycle {
  private static final int ROOM = 64;
  private static final int MOST_KEPT = 1_000;
  private static final double MOVES = 0.0002;
  private static final long TIME_TO_FOLLOW = 5 * SECOND;

  private record Keys(SrtpSender rtp, SrtcpReceiver rtcp) {}

  private final World world;
  private final Random random;
  private final Runnable onKeyframeRequest;
  private final int encodings;
  private final RemoteEnd remote;
  private final PeerIngest ingest;
  private final Map<Integer, Long> indexes = new HashMap<>();
  private final Map<Integer, byte[]> sent = new HashMap<>();
  private InetSocketAddress address;
  private @Nullable Keys keys;
  private boolean closed;
  private long followedAt;

  PeerUplink(World world, String name, int encodings, Runnable onKeyframeRequest) {
    this.world = world;
    this.encodings = encodings;
    this.onKeyframeRequest = onKeyframeRequest;
    random = world.random;
    address = world.newAddress(this);
    IceCredentials local = IceCredentials.generate(world.credentials);
    DtlsClient dtls = DtlsClient.create();
    String offer = Offer.toSend(local, dtls.fingerprint().toString(), encodings);
    ingest = world.ingests.create(name, offer, PeerContext.NONE, this);
    remote = new RemoteEnd(world, dtls, local, Offer.credentials(ingest.answer()), this::connected);
    world.network.schedule(20 * MILLISECOND, this::tick);
  }

  private void connected(DtlsClient dtls) {
    keys =
        new Keys(
            new SrtpSender(dtls.srtpKeys(), null),
            new SrtcpReceiver(dtls.srtpKeysOfServer(), null));
  }

  @Override
  public void connected(HostedPeer who) {}

  @Override
  public void ended(HostedPeer who) {
    closed = true;
  }

  private void tick() {
    if (closed) {
      return;
    }
    if (random.nextDouble() < MOVES) {
      address = world.newAddress(this);
      followedAt = world.network.now() + TIME_TO_FOLLOW;
    }
    remote.tick(address);
    world.network.schedule(20 * MILLISECOND, this::tick);
  }

  @Override
  public boolean isUp() {
    return keys != null && !closed && world.network.now() >= followedAt;
  }

  @Override
  public void write(int encoding, byte[] packet) {
    if (keys == null || closed) {
      return;
    }
    byte[] out = new byte[packet.length + ROOM];
    System.arraycopy(packet, 0, out, 0, RtpHeader.FIXED_LENGTH);
    int header = RtpHeader.FIXED_LENGTH;
    if (encodings > 1) {
      HeaderExtensionWriter extensions = new HeaderExtensionWriter();
      extensions.begin(out, 0, HeaderExtensionForm.ONE_BYTE);
      byte[] rid = Offer.RIDS.get(encoding).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(rid, 0, out, extensions.add(Offer.RID, rid.length), rid.length);
      header = extensions.end();
    }
    int payload = packet.length - RtpHeader.FIXED_LENGTH;
    int length =
        keys.rtp.protect(index(packet), out, 0, header, packet, RtpHeader.FIXED_LENGTH, payload);
    byte[] datagram = Arrays.copyOf(out, length);
    if (sent.size() == MOST_KEPT) {
      sent.clear();
    }
    sent.put(name(RtpHeader.ssrc(packet, 0), RtpHeader.sequenceNumber(packet, 0)), datagram);
    world.toEngine(address, datagram);
  }

  private long index(byte[] packet) {
    int sequence = RtpHeader.sequenceNumber(packet, 0);
    return indexes.merge(
        RtpHeader.ssrc(packet, 0),
        (long) sequence,
        (last, first) -> last + (short) (sequence - last.intValue()));
  }

  private static int name(int ssrc, int sequence) {
    return 31 * ssrc + sequence;
  }

  @Override
  public void flush() {}

  @Override
  public boolean takesAtOnce(byte[] datagram) {
    return remote.takesAtOnce(datagram);
  }

  @Override
  public void receive(InetSocketAddress to, byte[] datagram) {
    if (closed || !to.equals(address)) {
      return;
    }
    if ((datagram[0] & 0xC0) != 0x80) {
      remote.receive(address, datagram);
    } else if (keys != null && RtcpHeader.isRtcp(datagram[0], datagram[1])) {
      int length = keys.rtcp.unprotect(datagram, 0, datagram.length);
      CompoundReader reader = new CompoundReader();
      if (length > 0 && reader.wrap(datagram, 0, length)) {
        while (reader.next()) {
          obey(reader, datagram);
        }
      }
    }
  }

  private void obey(CompoundReader reader, byte[] compound) {
    if (reader.type() == MessageType.PICTURE_LOSS_INDICATION) {
      onKeyframeRequest.run();
    } else if (reader.type() == MessageType.GENERIC_NACK) {
      int ssrc = FeedbackHeader.mediaSsrc(compound, reader.offset());
      GenericNack.forEachLost(
          compound, reader.offset(), reader.length(), sequence -> sendAgain(ssrc, sequence));
    }
  }

  private void sendAgain(int ssrc, int sequence) {
    byte[] datagram = sent.get(name(ssrc, sequence));
    if (datagram != null) {
      world.toEngine(address, datagram);
    }
  }

  @Override
  public void close() {
    closed = true;
    ingest.close();
  }
}
