package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.PublisherContext;
import dev.sluice.loop.RateLimitedLog;
import dev.sluice.loop.Transport;
import dev.sluice.receive.RecordingSinks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * A server that is pulled from, on the other end of embedded channels: it says what a test has it
 * say. Time is virtual.
 */
final class PullServer implements AutoCloseable {
  static final String URL = "rtsp://camera:8554/live";
  private static final Pattern CSEQ = Pattern.compile("(?m)^CSeq: ([0-9]+)\r$");

  final RecordingSinks sinks = new RecordingSinks();
  final List<String> events = new ArrayList<>();
  final List<PullUrl> connected = new ArrayList<>();
  final PullKeeper keeper;
  final ReceiveMemory memory = new ReceiveMemory();
  boolean unreachable;
  boolean taken;
  boolean closed;
  boolean delayed;
  TestPeer.Channel channel;
  String sdp = TestPeer.SDP;
  String setUpAnswer = "";
  String session = "Session: 47";
  private final List<CompletableFuture<Channel>> connecting = new ArrayList<>();
  private final EmbeddedChannel timers = new EmbeddedChannel();
  private long nanos;
  private String request = "";

  PullServer(RtspPullBuilder options) {
    this(options, PublisherContext.MAIN);
  }

  /** the same of another encoding of the stream */
  PullServer(RtspPullBuilder options, String rendition) {
    timers.freezeTime();
    MediaSettings media =
        new MediaSettings(
            sinks,
            new MediaCounters(),
            Transport.NIO,
            () -> nanos,
            new SecureRandom(),
            PortRange.ephemeral(),
            TimeUnit.SECONDS.toNanos(3),
            16,
            0);
    PullContext context =
        new PullContext(
            "cam",
            rendition,
            options.options(),
            media,
            timers.eventLoop(),
            this::connect,
            () -> taken,
            () -> closed,
            memory,
            new LongAdder(),
            new RateLimitedLog(LoggerFactory.getLogger(PullServer.class), () -> nanos));
    keeper =
        new PullKeeper(
            context,
            options.url(),
            null,
            new RtspPullListener() {
              @Override
              public void connected(RtspPull pull) {
                events.add("connected");
              }

              @Override
              public void disconnected(RtspPull pull, String reason) {
                events.add(reason);
              }
            });
  }

  static RtspPullBuilder options() {
    return new RtspPullBuilder(null, "cam", URL).transport(RtspTransport.TCP);
  }

  private CompletableFuture<Channel> connect(PullUrl url, EventLoop loop) {
    connected.add(url);
    if (delayed) {
      CompletableFuture<Channel> later = new CompletableFuture<>();
      connecting.add(later);
      return later;
    }
    if (unreachable) {
      return CompletableFuture.failedFuture(new ConnectException("refused"));
    }
    channel = new TestPeer.Channel();
    channel.freezeTime();
    return CompletableFuture.completedFuture(channel);
  }

  /** What was connected to while that was delayed cannot be reached. */
  void completeConnections(Throwable failure) {
    connecting.forEach(later -> later.completeExceptionally(failure));
  }

  /** The next request, which begins as it is expected to. */
  String expect(String start) {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      sent.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    request = sent.toString();
    assertThat(request).startsWith(start);
    return request;
  }

  /** Nothing was sent. */
  void expectNothing() {
    expect("");
    assertThat(request).isEmpty();
  }

  void respond(String status, String... headers) {
    respondWithBody(status, "", headers);
  }

  void respondWithBody(String status, String body, String... headers) {
    StringBuilder text = new StringBuilder("RTSP/1.0 " + status + "\r\n");
    Matcher cSeq = CSEQ.matcher(request);
    if (cSeq.find()) {
      text.append("CSeq: ").append(cSeq.group(1)).append("\r\n");
    }
    for (String header : headers) {
      if (!header.isEmpty()) {
        text.append(header).append("\r\n");
      }
    }
    if (!body.isEmpty()) {
      text.append("Content-Type: application/sdp\r\nContent-Length: ").append(body.length());
      text.append("\r\n");
    }
    send((text + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
    channel.runPendingTasks();
  }

  /** Sends a packet of video. */
  void sendMedia(int sequenceNumber) {
    send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 7, sequenceNumber, 100)));
  }

  /** Answers everything up to PLAY as most servers do. */
  void play(String... descriptionHeaders) {
    expect("OPTIONS ");
    respond("200 OK", "Public: DESCRIBE, SETUP, PLAY, GET_PARAMETER");
    describe(descriptionHeaders);
    expect("SETUP ");
    respond("200 OK", session, setUpAnswer);
    expect("SETUP ");
    respond("200 OK", session, setUpAnswer);
    expect("PLAY ");
    respond("200 OK", session);
  }

  void describe(String... headers) {
    expect("DESCRIBE ");
    respondWithDescription(headers);
  }

  void respondWithDescription(String... headers) {
    respondWithBody("200 OK", sdp, headers);
  }

  void advance(Duration time) {
    nanos += time.toNanos();
    for (EmbeddedChannel each : channel == null ? List.of(timers) : List.of(timers, channel)) {
      each.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
      each.runPendingTasks();
      each.runScheduledPendingTasks();
    }
  }

  /** Advances until something connects again; returns how long that took. */
  Duration untilConnected(Duration most) {
    int before = connected.size();
    Duration step = Duration.ofMillis(10);
    Duration passed = Duration.ZERO;
    while (connected.size() == before && passed.compareTo(most) < 0) {
      advance(step);
      passed = passed.plus(step);
    }
    assertThat(connected).as("connections").hasSize(before + 1);
    return passed;
  }

  @Override
  public void close() {
    keeper.stop();
    if (channel != null) {
      channel.finishAndReleaseAll();
      channel.checkException();
    }
  }
}
