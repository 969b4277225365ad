package dev.sluice.rtsp;

import static dev.sluice.rtsp.TransportSpec.NONE;

import dev.sluice.spi.StreamReader;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session in which the peer plays a stream that it had described. */
final class PlaySession implements Session {
  private static final String METHODS_WHEN_READY =
      "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
  private static final String METHODS_WHEN_PLAYING =
      "OPTIONS, DESCRIBE, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

  private final ServerContext server;
  private final RtspConnection connection;
  private final String id;
  private final RtspUri uri;
  private final StreamReader reader;
  private final @Nullable PlayTrack[] tracks;
  private final PlayMedia media;
  private boolean closed;

  private PlaySession(ServerContext server, RtspConnection connection, RtspUri uri) {
    this.server = server;
    this.connection = connection;
    this.uri = uri;
    id = server.newSessionId();
    media = new PlayMedia(server, connection, id);
    reader =
        server
            .streams()
            .read(uri.path(), connection.eventLoop(), () -> connection.run(media::send));
    tracks = new PlayTrack[reader.tracks().size()];
  }

  /**
   * Opens a session if there may be one more.
   *
   * @throws dev.sluice.UnknownStreamException if there is no such stream
   */
  static @Nullable PlaySession open(ServerContext server, RtspConnection connection, RtspUri uri) {
    if (!server.limits().players().tryAcquire()) {
      return null;
    }
    try {
      PlaySession session = new PlaySession(server, connection, uri);
      server.counters().playersOpened.increment();
      return session;
    } catch (Throwable e) {
      server.limits().players().release();
      throw e;
    }
  }

  StreamReader reader() {
    return reader;
  }

  /** the RTP-Info header (RFC 2326, section 12.33); times follow from sender reports */
  String rtpInfo(String base) {
    return IntStream.range(0, tracks.length)
        .filter(i -> tracks[i] != null)
        .mapToObj(i -> "url=" + base + "/" + control(i) + ";seq=" + tracks[i].sequenceNumber())
        .collect(Collectors.joining(","));
  }

  static String control(int track) {
    return "track=" + track;
  }

  static int payloadType(int track) {
    return 96 + track;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String streamName() {
    return uri.path();
  }

  @Override
  public String validMethods() {
    return media.isPlaying() ? METHODS_WHEN_PLAYING : METHODS_WHEN_READY;
  }

  @Override
  public boolean isAggregate(RtspUri named) {
    return uri.path().equals(named.path());
  }

  @Override
  public int trackIndex(RtspUri named) {
    return IntStream.range(0, tracks.length)
        .filter(i -> named.isControl(uri, control(i)))
        .findFirst()
        .orElse(NO_TRACK);
  }

  @Override
  public boolean mayBeSetUp(int track) {
    return tracks[track] == null && !media.isPlaying();
  }

  @Override
  public CompletableFuture<@Nullable String> setUp(int track, String transport) {
    List<TransportSpec> specs = TransportSpec.parse(transport, TransportSpec.PLAY);
    TransportSpec chosen =
        TransportSpec.choose(specs, server.options().udp(), media::isChannelTaken);
    if (chosen == null) {
      return CompletableFuture.completedFuture(null);
    }
    return chosen.interleaved()
        ? CompletableFuture.completedFuture(setUpInterleaved(track, chosen))
        : setUpUdp(track, chosen);
  }

  private String setUpInterleaved(int track, TransportSpec spec) {
    MediaOut out = new MediaOut.Interleaved(connection.channel(), spec.rtp());
    InterleavedOut rtcp = new InterleavedOut(connection.channel(), spec.rtcp());
    add(
        track,
        new PlayTrack(
            reader.tracks().get(track),
            payloadType(track),
            out,
            rtcp,
            null,
            spec.rtp(),
            spec.rtcp(),
            server.counters(),
            server.random()));
    connection.reads().expectFrames();
    return spec.interleavedHeader(TransportSpec.PLAY);
  }

  private CompletableFuture<@Nullable String> setUpUdp(int track, TransportSpec spec) {
    InetSocketAddress remote = connection.remoteAddress();
    UdpPeer rtp = new UdpPeer(connection, SenderRule.of(remote, spec.rtp()), packet -> {});
    UdpPeer rtcp = new UdpPeer(connection, SenderRule.of(remote, spec.rtcpOrNext()), packet -> {});
    return UdpMedia.open(server.media(), connection.channel(), rtp, rtcp)
        .thenApply(udp -> addUdp(track, rtp, udp, spec));
  }

  private @Nullable String addUdp(int track, UdpPeer rtp, UdpMedia udp, TransportSpec spec) {
    if (closed) {
      udp.close();
      return null;
    }
    add(
        track,
        new PlayTrack(
            reader.tracks().get(track),
            payloadType(track),
            new MediaOut.Udp(udp.rtp(), rtp),
            udp::sendRtcp,
            udp,
            NONE,
            NONE,
            server.counters(),
            server.random()));
    return spec.udpHeader(udp, TransportSpec.PLAY);
  }

  private void add(int track, PlayTrack added) {
    tracks[track] = added;
    media.add(added);
  }

  @Override
  public PlayMedia media() {
    return media;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      media.close();
    } finally {
      server.counters().playersClosed.increment();
      server.limits().players().release();
      reader.close();
    }
  }
}
