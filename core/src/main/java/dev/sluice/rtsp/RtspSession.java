package dev.sluice.rtsp;

import dev.sluice.PublisherContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's session: what it announced, and which of it is set up. It belongs to the connection
 * that announced it and ends with it. On that connection's event loop only.
 */
final class RtspSession implements Session {
  private static final String METHODS_WHEN_READY =
      "OPTIONS, SETUP, RECORD, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
  private static final String METHODS_WHEN_RECORDING =
      "OPTIONS, RECORD, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

  private final ServerContext server;
  private final RtspConnection connection;
  private final String id;
  private final List<RtspUri> bases;
  private final List<AnnouncedTrack> tracks;
  private final String rendition;
  private final boolean[] setUp;
  private final SessionMedia media;

  private RtspSession(
      ServerContext server,
      RtspConnection connection,
      List<RtspUri> bases,
      List<AnnouncedTrack> tracks,
      AccessRequest publisher) {
    this.server = server;
    this.connection = connection;
    this.bases = List.copyOf(bases);
    this.tracks = tracks;
    setUp = new boolean[tracks.size()];
    PublisherContext context =
        new PublisherContext(
            "rtsp", connection.remoteAddress(), publisher.user(), null, publisher.rendition());
    rendition = publisher.rendition();
    media = new SessionMedia(server.media(), connection, () -> context);
    id = server.newSessionId();
  }

  /**
   * Opens a session if there may be one more.
   *
   * @param bases what controls are relative to; the first one names the stream
   * @param publisher who publishes, and which encoding of the stream
   */
  static @Nullable RtspSession open(
      ServerContext server,
      RtspConnection connection,
      List<RtspUri> bases,
      List<AnnouncedTrack> tracks,
      AccessRequest publisher) {
    if (!server.limits().sessions().tryAcquire()) {
      server.counters().sessionsRefused.increment();
      return null;
    }
    try {
      RtspSession session = new RtspSession(server, connection, bases, tracks, publisher);
      server.counters().sessionsOpened.increment();
      return session;
    } catch (Throwable e) {
      server.limits().sessions().release();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String streamName() {
    return bases.get(0).path();
  }

  @Override
  public String title() {
    return rendition.equals(PublisherContext.MAIN)
        ? streamName()
        : streamName() + "' as '" + rendition;
  }

  @Override
  public SessionMedia media() {
    return media;
  }

  @Override
  public String validMethods() {
    return media.isRecording() ? METHODS_WHEN_RECORDING : METHODS_WHEN_READY;
  }

  @Override
  public boolean isAggregate(RtspUri uri) {
    return bases.stream().anyMatch(base -> base.path().equals(uri.path()));
  }

  /** of several tracks of one name, one that is not set up */
  @Override
  public int trackIndex(RtspUri uri) {
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

  @Override
  public boolean mayBeSetUp(int track) {
    return !setUp[track] && !media.isStarted();
  }

  @Override
  public CompletableFuture<@Nullable String> setUp(int track, String transport) {
    List<TransportSpec> specs = TransportSpec.parse(transport, TransportSpec.RECORD);
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
    InterleavedOut out = new InterleavedOut(connection.channel(), spec.rtcp());
    media.addInterleaved(tracks.get(track), spec.rtp(), spec.rtcp(), out);
    setUp[track] = true;
    return spec.interleavedHeader(TransportSpec.RECORD);
  }

  private CompletableFuture<@Nullable String> setUpUdp(int track, TransportSpec spec) {
    InetSocketAddress remote = connection.remoteAddress();
    UdpMedia.Opener opener =
        UdpMedia.opener(
            server.media(),
            connection,
            connection.channel(),
            SenderRule.of(remote, spec.rtp()),
            SenderRule.of(remote, spec.rtcpOrNext()));
    return media
        .addUdp(tracks.get(track), opener)
        .thenApply(
            udp -> udp == null ? null : isSetUp(track, spec.udpHeader(udp, TransportSpec.RECORD)));
  }

  private String isSetUp(int track, String header) {
    setUp[track] = true;
    return header;
  }

  @Override
  public void close() {
    try {
      media.close();
    } finally {
      server.counters().sessionsClosed.increment();
      server.limits().sessions().release();
    }
  }
}
