package dev.sluice.rtsp;

import dev.sluice.receive.ReceiverParameters;
import dev.sluice.receive.RtcpOut;
import dev.sluice.receive.TrackReceiver;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's session: what it announced, and which of it is set up. It belongs to the connection
 * that announced it and ends with it. On that connection's event loop only.
 */
final class RtspSession {
  static final int NO_TRACK = -1;

  private static final int ID_BYTES = 16;
  private static final int NONE = TransportSpec.NONE;

  private final ServerContext server;
  private final RtspConnection connection;
  private final String id;
  private final List<RtspUri> bases;
  private final List<AnnouncedTrack> tracks;
  private final boolean[] setUp;
  private final SessionMedia media;
  private boolean closed;

  private RtspSession(
      ServerContext server,
      RtspConnection connection,
      List<RtspUri> bases,
      List<AnnouncedTrack> tracks) {
    this.server = server;
    this.connection = connection;
    this.bases = List.copyOf(bases);
    this.tracks = tracks;
    setUp = new boolean[tracks.size()];
    media = new SessionMedia(server, connection);
    byte[] random = new byte[ID_BYTES];
    server.random().nextBytes(random);
    id = HexFormat.of().formatHex(random);
  }

  /**
   * Opens a session if there may be one more.
   *
   * @param bases what controls are relative to; the first one names the stream
   */
  static @Nullable RtspSession open(
      ServerContext server,
      RtspConnection connection,
      List<RtspUri> bases,
      List<AnnouncedTrack> tracks) {
    if (!server.limits().sessions().tryAcquire()) {
      server.counters().sessionsRefused.increment();
      return null;
    }
    server.counters().sessionsOpened.increment();
    return new RtspSession(server, connection, bases, tracks);
  }

  String id() {
    return id;
  }

  String streamName() {
    return bases.get(0).path();
  }

  SessionMedia media() {
    return media;
  }

  /** whether a URI names this session's stream as a whole */
  boolean isAggregate(RtspUri uri) {
    return bases.stream().anyMatch(base -> base.path().equals(uri.path()));
  }

  /**
   * the index of the track that a URI names, or {@link #NO_TRACK}; of several, one that is not set
   * up
   */
  int trackIndex(RtspUri uri) {
    int found = NO_TRACK;
    for (int i = 0; i < tracks.size(); i++) {
      if ((found == NO_TRACK || setUp[found]) && isControl(uri, tracks.get(i).control())) {
        found = i;
      }
    }
    return found;
  }

  private boolean isControl(RtspUri uri, String control) {
    return bases.stream().anyMatch(base -> uri.isControl(base, control));
  }

  boolean isSetUp(int track) {
    return setUp[track];
  }

  /**
   * Sets a track up with the first transport that can be served.
   *
   * @return the Transport header to answer with, or null when none can; fails when there is no free
   *     UDP port
   */
  CompletableFuture<@Nullable String> setUp(int track, List<TransportSpec> specs) {
    for (TransportSpec spec : specs) {
      if (!spec.interleaved() && server.options().udp()) {
        return setUpUdp(track, spec);
      }
      int rtp = spec.interleaved() ? channel(spec) : NONE;
      if (rtp != NONE) {
        return CompletableFuture.completedFuture(setUpInterleaved(track, spec, rtp));
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  /** the RTP channel to use: the one that was asked for, unless it is in use; the next free one */
  private int channel(TransportSpec spec) {
    if (spec.rtp() != NONE) {
      return isFree(spec.rtp(), spec.rtcpOrNext()) ? spec.rtp() : NONE;
    }
    int channel = 0;
    while (!isFree(channel, channel + 1)) {
      channel += 2;
    }
    return channel;
  }

  private boolean isFree(int rtp, int rtcp) {
    return rtcp <= TransportSpec.MAX_CHANNEL
        && !media.isChannelTaken(rtp)
        && !media.isChannelTaken(rtcp);
  }

  private String setUpInterleaved(int track, TransportSpec spec, int rtp) {
    int rtcp = spec.rtp() == NONE ? rtp + 1 : spec.rtcpOrNext();
    TrackReceiver receiver = receiver(track, false);
    RtcpOut out = new InterleavedOut(connection.channel(), rtcp);
    media.add(new TrackPort(tracks.get(track), receiver, rtp, rtcp, null, out));
    connection.expectFrames();
    setUp[track] = true;
    return "RTP/AVP/TCP;unicast;interleaved=" + rtp + "-" + rtcp + ";mode=record";
  }

  private CompletableFuture<@Nullable String> setUpUdp(int track, TransportSpec spec) {
    TrackReceiver receiver = receiver(track, true);
    UdpPeer rtp =
        new UdpPeer(
            connection, spec.rtp(), packet -> receiver.onRtp(packet, connection.arrivalNanos()));
    UdpPeer rtcp =
        new UdpPeer(
            connection,
            spec.rtcpOrNext(),
            packet -> media.onRtcp(receiver, packet, connection.arrivalNanos()));
    return UdpMedia.open(server, connection.channel(), rtp, rtcp)
        .thenApply(udp -> addUdp(track, receiver, udp, spec));
  }

  private TrackReceiver receiver(int track, boolean mayReorder) {
    AnnouncedTrack announced = tracks.get(track);
    return new TrackReceiver(
        new ReceiverParameters(
            announced.payloadType(),
            announced.clockRate(),
            announced.resends(),
            mayReorder,
            server.options().reorderPackets(),
            server.options().reorderDelayNanos()),
        server.counters().received,
        media::requestAgain);
  }

  private @Nullable String addUdp(
      int track, TrackReceiver receiver, UdpMedia udp, TransportSpec spec) {
    if (closed) {
      udp.close();
      return null;
    }
    media.add(new TrackPort(tracks.get(track), receiver, NONE, NONE, udp, udp::sendRtcp));
    setUp[track] = true;
    String clientPorts =
        spec.rtp() == NONE ? "" : ";client_port=" + spec.rtp() + "-" + spec.rtcpOrNext();
    String serverPorts = ";server_port=" + udp.rtpPort() + "-" + udp.rtcpPort();
    return "RTP/AVP;unicast" + clientPorts + serverPorts + ";mode=record";
  }

  void close() {
    closed = true;
    try {
      media.close();
    } finally {
      server.counters().sessionsClosed.increment();
      server.limits().sessions().release();
    }
  }
}
