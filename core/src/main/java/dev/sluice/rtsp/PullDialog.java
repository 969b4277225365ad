package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.ACCEPT;
import static dev.sluice.rtsp.HeaderNames.CONTENT_BASE;
import static dev.sluice.rtsp.HeaderNames.CONTENT_LOCATION;
import static dev.sluice.rtsp.HeaderNames.LOCATION;
import static dev.sluice.rtsp.HeaderNames.PUBLIC;
import static dev.sluice.rtsp.HeaderNames.RANGE;
import static dev.sluice.rtsp.HeaderNames.SESSION;
import static dev.sluice.rtsp.HeaderNames.TRANSPORT;

import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said on a connection to have a stream sent: OPTIONS, DESCRIBE, SETUP of each track that
 * is relayed, PLAY, and what keeps the session. On its event loop only.
 */
final class PullDialog {

  /** Hears how far it came. */
  interface Listener {
    /** The server described tracks, some of which are relayed. */
    void onTracks(List<AnnouncedTrack> tracks);

    /** Whether a track is to be set up. */
    boolean wants(AnnouncedTrack track);

    /** Takes a track's media over UDP; see {@link SessionMedia#addUdp}. */
    void setUpUdp(AnnouncedTrack track, Consumer<UdpMedia> then);

    /** Takes a track's media from channels of the connection. */
    void setUpInterleaved(AnnouncedTrack track, int rtpChannel, int rtcpChannel);

    /** The server sends from now on. */
    void onPlay();

    /** It cannot go on. */
    void onEnd(PullEnd end);
  }

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UNSUPPORTED_TRANSPORT = 461;
  private static final int NO_AGGREGATE = 459;
  private static final int NO_SESSION = 454;
  private static final long DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MOST_TIMEOUT_DIGITS = 5;
  private static final Pattern TIMEOUT = Pattern.compile("(?i);\\s*timeout\\s*=\\s*\"?([0-9]+)");

  private final PullUrl url;
  private final RequestOut requests;
  private final RtspTransport transport;
  private final Listener listener;
  private final Queue<AnnouncedTrack> toSetUp = new ArrayDeque<>();
  private final Queue<String> toPlay = new ArrayDeque<>();
  private String base;
  private String aggregate;
  private boolean udp;
  private int nextChannel;
  private boolean knowsGetParameter;
  private long timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;

  PullDialog(PullUrl url, RequestOut requests, RtspTransport transport, Listener listener) {
    this.url = url;
    this.requests = requests;
    this.transport = transport;
    this.listener = listener;
    base = url.uri();
    aggregate = base;
    udp = transport != RtspTransport.TCP;
  }

  /** whether media is to come over UDP, as far as that is known */
  boolean isUdp() {
    return udp;
  }

  /** how long the server keeps a session that it does not hear of */
  long timeoutNanos() {
    return TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }

  void start() {
    requests.send(
        "OPTIONS",
        base,
        Map.of(),
        response -> {
          if (response.status() == UNAUTHORIZED) {
            listener.onEnd(failure("OPTIONS", response));
          } else {
            String methods = Objects.requireNonNullElse(response.header(PUBLIC), "");
            knowsGetParameter = methods.toUpperCase(Locale.ROOT).contains("GET_PARAMETER");
            describe();
          }
        });
  }

  private void describe() {
    ask("DESCRIBE", base, Map.of(ACCEPT, "application/sdp"), this::onDescription);
  }

  /** asks for what has to succeed */
  private void ask(
      String method, String uri, Map<String, String> headers, Consumer<RtspResponse> then) {
    requests.send(
        method,
        uri,
        headers,
        response -> {
          if (response.isSuccess()) {
            then.accept(response);
          } else {
            listener.onEnd(failure(method, response));
          }
        });
  }

  private PullEnd failure(String method, RtspResponse response) {
    String location = response.header(LOCATION);
    PullUrl target = response.isRedirection() && location != null ? url.redirected(location) : null;
    if (target != null) {
      return new PullEnd(PullEnd.Kind.REDIRECTED, "redirected to " + target, target);
    }
    PullEnd.Kind kind =
        response.status() == UNAUTHORIZED || response.status() == FORBIDDEN
            ? PullEnd.Kind.REFUSED
            : PullEnd.Kind.FAILED;
    return PullEnd.of(kind, method + " was answered with " + response);
  }

  private void onDescription(RtspResponse response) {
    base =
        Objects.requireNonNullElse(
            firstOf(response.header(CONTENT_BASE), response.header(CONTENT_LOCATION)), base);
    try {
      SessionDescription sdp =
          SessionDescription.parse(new String(response.body(), StandardCharsets.UTF_8));
      aggregate = PullUrl.resolve(base, sdp.session().attribute("control"));
      onTracks(AnnouncedTrack.of(sdp));
    } catch (SdpException malformed) {
      listener.onEnd(PullEnd.failed("its description is malformed: " + malformed.getMessage()));
    }
  }

  private void onTracks(List<AnnouncedTrack> tracks) {
    tracks.stream().filter(listener::wants).forEach(toSetUp::add);
    if (toSetUp.isEmpty()) {
      String why = "nothing is relayed: " + AnnouncedTrack.refusals(tracks);
      listener.onEnd(PullEnd.of(PullEnd.Kind.REFUSED, why));
    } else {
      listener.onTracks(tracks);
      setUpNext();
    }
  }

  private @Nullable String firstOf(@Nullable String contentBase, @Nullable String location) {
    String named = contentBase == null ? location : contentBase;
    if (named == null || named.isEmpty()) {
      return null;
    }
    PullUrl absolute = PullUrl.parse(named);
    return absolute == null ? null : absolute.uri();
  }

  private void setUpNext() {
    AnnouncedTrack track = toSetUp.peek();
    if (track == null) {
      play(aggregate);
    } else if (udp) {
      listener.setUpUdp(track, media -> setUpUdp(track, media));
    } else {
      setUpInterleaved(track);
    }
  }

  private void setUpUdp(AnnouncedTrack track, UdpMedia media) {
    String ports = media.rtpPort() + "-" + media.rtcpPort();
    setUp(track, "RTP/AVP;unicast;client_port=" + ports, answer -> onUdp(media, answer));
  }

  private void setUpInterleaved(AnnouncedTrack track) {
    int rtp = nextChannel;
    nextChannel += 2;
    String channels = rtp + "-" + (rtp + 1);
    setUp(
        track,
        "RTP/AVP/TCP;unicast;interleaved=" + channels,
        answer -> onChannels(track, rtp, answer));
  }

  private void setUp(AnnouncedTrack track, String wanted, Consumer<@Nullable TransportSpec> then) {
    requests.send(
        "SETUP",
        PullUrl.resolve(base, track.control()),
        Map.of(TRANSPORT, wanted),
        response -> onSetUp(response, then));
  }

  private void onSetUp(RtspResponse response, Consumer<@Nullable TransportSpec> then) {
    if (response.status() == UNSUPPORTED_TRANSPORT && udp && transport == RtspTransport.AUTOMATIC) {
      listener.onEnd(PullEnd.of(PullEnd.Kind.NO_UDP, "the server takes no UDP"));
      return;
    }
    if (!response.isSuccess()) {
      listener.onEnd(failure("SETUP", response));
      return;
    }
    noteSession(Objects.requireNonNullElse(response.header(SESSION), ""));
    String answer = response.header(TRANSPORT);
    TransportSpec chosen = answer == null ? null : TransportSpec.parseAnswer(answer);
    if (answer != null && (chosen == null || chosen.interleaved() == udp)) {
      listener.onEnd(PullEnd.failed("the server chose a transport that was not asked for"));
      return;
    }
    AnnouncedTrack track = toSetUp.remove();
    toPlay.add(PullUrl.resolve(base, track.control()));
    then.accept(chosen);
    setUpNext();
  }

  private void noteSession(String header) {
    String id = header.split(";", 2)[0].strip();
    if (!id.isEmpty()) {
      requests.session(id);
    }
    Matcher timeout = TIMEOUT.matcher(header);
    if (timeout.find() && timeout.group(1).length() <= MOST_TIMEOUT_DIGITS) {
      long seconds = Long.parseLong(timeout.group(1));
      timeoutSeconds = seconds == 0 ? DEFAULT_TIMEOUT_SECONDS : seconds;
    }
  }

  private static void onUdp(UdpMedia media, @Nullable TransportSpec chosen) {
    if (chosen != null && chosen.rtp() != TransportSpec.NONE) {
      media.open(chosen.rtp(), chosen.rtcpOrNext());
    }
  }

  private void onChannels(AnnouncedTrack track, int asked, @Nullable TransportSpec chosen) {
    if (chosen == null || chosen.rtp() == TransportSpec.NONE) {
      listener.setUpInterleaved(track, asked, asked + 1);
    } else {
      listener.setUpInterleaved(track, chosen.rtp(), chosen.rtcpOrNext());
    }
  }

  /** Some servers know no aggregate, and have each track played. */
  private void play(String uri) {
    requests.send(
        "PLAY",
        uri,
        Map.of(RANGE, "npt=0.000-"),
        response -> {
          if (response.isSuccess()) {
            listener.onPlay();
          } else if (response.status() == NO_AGGREGATE) {
            playNext();
          } else {
            listener.onEnd(failure("PLAY", response));
          }
        });
  }

  private void playNext() {
    String track = toPlay.poll();
    if (track == null) {
      listener.onPlay();
    } else {
      ask("PLAY", track, Map.of(RANGE, "npt=0.000-"), response -> playNext());
    }
  }

  /**
   * Tells the server that the session is wanted, unless a request waits for its response.
   *
   * @return whether it did
   */
  boolean keepAlive() {
    if (requests.waiting() != RequestOut.NONE) {
      return false;
    }
    requests.send(
        knowsGetParameter ? "GET_PARAMETER" : "OPTIONS",
        aggregate,
        Map.of(),
        response -> {
          knowsGetParameter &= response.isSuccess();
          if (response.status() == NO_SESSION || response.isRedirection()) {
            listener.onEnd(failure("keep-alive", response));
          }
        });
    return true;
  }

  /** Says good-bye, where there is a session. */
  void tearDown() {
    if (requests.session() != null) {
      requests.sendLast("TEARDOWN", aggregate);
    }
  }
}
