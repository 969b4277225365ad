package dev.sluice.benchmarks;

import dev.sluice.RetransmissionBuffer;
import dev.sluice.codec.Codec;
import dev.sluice.fanout.Egress;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.Pacer;
import dev.sluice.fanout.RetransmissionLimits;
import dev.sluice.fanout.Retransmitter;
import dev.sluice.fanout.SenderParameters;
import dev.sluice.fanout.SenderTransport;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.TrackSender;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.log.PacketLog;
import dev.sluice.loop.PeerPath;
import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import dev.sluice.stream.Track;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Viewers of one track as they are behind ICE and DTLS: the engine's own cursors, fan-out and
 * egress, for benchmarks. The fan-out runs on the thread that publishes.
 */
final class BenchmarkViewers {
  private static final RetransmissionLimits NO_LIMITS =
      new RetransmissionLimits(Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
  private static final StartRule START = new StartRule(true, Long.MAX_VALUE);
  private static final int PAYLOAD_TYPE = 96;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long FRAME_NANOS = SECOND_NANOS / 30;

  private final Track track = new Track("video", Codec.H264, 0);
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<TrackSender> senders = new ArrayList<>();
  private final List<KeyedTransport> transports = new ArrayList<>();
  private final PacketLog log;
  private final UdpSocket socket;
  private final Egress egress;
  private final Fanout fanout;
  private int timestamp;
  private long frames;
  private long repeatNanos;

  /**
   * Makes a track without viewers.
   *
   * @param log what the viewers read
   * @param socket where they are sent to
   */
  public BenchmarkViewers(PacketLog log, UdpSocket socket) {
    this.log = log;
    this.socket = socket;
    egress = new Egress(socket);
    fanout = new Fanout(track, tasks::add, egress, new Pacer(task -> {}), this::nanos);
    track.source(log, null);
  }

  /**
   * Adds viewers.
   *
   * @param count how many
   * @param profile SRTP profile of each
   * @param to where they all listen
   * @param buffers makes each viewer's own retransmission buffer; null for the shared history
   */
  public void add(
      int count,
      SrtpProfile profile,
      InetSocketAddress to,
      Supplier<? extends RetransmissionBuffer> buffers) {
    for (int i = 0; i < count; i++) {
      KeyedTransport transport = KeyedTransport.of(profile, new UdpPath(socket, copy(to)));
      SenderParameters parameters = new SenderParameters(PAYLOAD_TYPE, i + 1, -1, 0, -1, "0", -1);
      Retransmitter retransmitter =
          new Retransmitter(NO_LIMITS, buffers == null ? null : buffers.get(), parameters, 0);
      TrackSender sender =
          new TrackSender(transport, track, parameters, retransmitter, START, 0, 0);
      fanout.add(sender);
      senders.add(sender);
      transports.add(transport);
    }
  }

  /**
   * Publishes an access unit and sends it to all viewers.
   *
   * @param packets how many
   * @param payload of each
   * @return packets sent to the last viewer so far
   */
  public long frame(int packets, byte[] payload) {
    long sentBefore = senders.get(senders.size() - 1).figures().packets();
    timestamp += 3_000;
    frames++;
    long keyframe = log.position();
    for (int i = 0; i < packets; i++) {
      log.open(payload.length);
      System.arraycopy(payload, 0, log.array(), log.offset(), payload.length);
      log.commit(payload.length, timestamp, i == packets - 1);
    }
    if (frames == 1) {
      log.keyframe(keyframe); // what a later one replaces would not be sent again
    }
    log.publish();
    track.wake();
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).run();
    }
    tasks.clear();
    long sent = senders.get(senders.size() - 1).figures().packets();
    if (sent == sentBefore) {
      throw new IllegalStateException("the frame was not sent");
    }
    return sent;
  }

  /**
   * Answers a NACK of one viewer.
   *
   * @param viewer index of the viewer
   * @param back how many packets before the newest
   * @return packets sent again to the viewer so far
   */
  public long resend(int viewer, int back) {
    TrackSender sender = senders.get(viewer);
    KeyedTransport transport = transports.get(viewer);
    int sequence = (int) sender.sequenceOf(log.tail() - 1 - back) & 0xFFFF;
    repeatNanos += SECOND_NANOS; // no repeat is too soon after another
    long before = sender.retransmitter().resent();
    sender.retransmitter().resend(sender, transport, egress, sequence, repeatNanos);
    egress.endRun(transport.remote());
    egress.flush();
    long resent = sender.retransmitter().resent();
    if (resent == before) {
      throw new IllegalStateException("the packet was not sent again");
    }
    return resent;
  }

  /** as if each frame came a frame's time after the one before: none is paced */
  private long nanos() {
    return System.nanoTime() + frames * FRAME_NANOS;
  }

  private static InetSocketAddress copy(InetSocketAddress address) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(address.getAddress().getAddress()), address.getPort());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private record KeyedTransport(SrtpSender srtp, int overhead, PeerPath remote, ViewerLink link)
      implements SenderTransport {

    static KeyedTransport of(SrtpProfile profile, PeerPath remote) {
      byte[] key = new byte[profile.keyLength()];
      byte[] salt = new byte[profile.saltLength()];
      SrtpSender sender = new SrtpSender(new SrtpKeys(profile, key, salt), null);
      return new KeyedTransport(sender, profile.rtpOverhead(), remote, ViewerLink.unlimited());
    }

    @Override
    public int protect(
        long index,
        byte[] packet,
        int offset,
        int headerLength,
        byte[] payload,
        int payloadOffset,
        int payloadLength) {
      return srtp.protect(
          index, packet, offset, headerLength, payload, payloadOffset, payloadLength);
    }

    @Override
    public void needKeyframe(Track track) {}

    @Override
    public void noKeyframe(Track track, PacketLog read) {}

    @Override
    public long roundTripNanos() {
      return -1;
    }

    @Override
    public void frameSent(TrackSender sender) {}

    @Override
    public void thinned(boolean thinned) {}

    @Override
    public void failed(Throwable cause) {
      throw new IllegalStateException(cause);
    }
  }
}
