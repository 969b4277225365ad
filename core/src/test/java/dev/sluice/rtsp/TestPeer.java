package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.UnknownStreamException;
import dev.sluice.loop.Transport;
import dev.sluice.receive.MediaSink;
import dev.sluice.receive.RecordingSinks;
import dev.sluice.spi.StreamReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client on the other end of an embedded channel. Bytes come in as a socket brings them: into
 * buffers that the channel's allocator hands out. Time is virtual.
 */
final class TestPeer {
  static final String URI = "rtsp://127.0.0.1:8554/live/cam";

  static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=control:*
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=rtcp-fb:96 nack
      a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z2QACqzZRCbARAAAAwAEAAADAKA8SJZY,aOvjyyLA
      a=control:streamid=0
      m=audio 0 RTP/AVP 97
      a=rtpmap:97 opus/48000/2
      a=fmtp:97 sprop-stereo=1
      a=control:streamid=1
      """
          .replace("\n", "\r\n");

  private static final Pattern SESSION = Pattern.compile("(?im)^session: *([^;\r]+)");

  final RecordingSinks sinks;
  final ServerContext server;
  final Channel channel;
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private long nanos;
  private int cSeq;
  private String session = "";

  TestPeer() {
    this(new RtspServerBuilder(null));
  }

  TestPeer(RtspServerBuilder options) {
    this(options, new RecordingSinks());
  }

  TestPeer(RtspServerBuilder options, RecordingSinks sinks) {
    this(options, sinks, new SecureRandom());
  }

  /** The client of a server whose session identifiers are predictable. */
  TestPeer(RtspServerBuilder options, RecordingSinks sinks, SecureRandom random) {
    this(options, sinks, sinks, random);
  }

  /** The client of a server that hands media to sinks of the test's own. */
  TestPeer(MediaSink.Opener opener) {
    this(new RtspServerBuilder(null), new RecordingSinks(), opener, new SecureRandom());
  }

  /** The client of a server that has streams to play. */
  TestPeer(RtspServerBuilder options, StreamReader.Opener streams) {
    this(options, new RecordingSinks(), new RecordingSinks(), streams, new SecureRandom());
  }

  private TestPeer(
      RtspServerBuilder options,
      RecordingSinks sinks,
      MediaSink.Opener opener,
      SecureRandom random) {
    this(options, sinks, opener, TestPeer::noStream, random);
  }

  private TestPeer(
      RtspServerBuilder options,
      RecordingSinks sinks,
      MediaSink.Opener opener,
      StreamReader.Opener streams,
      SecureRandom random) {
    this.sinks = sinks;
    RtspOptions checked = options.options(TimeUnit.SECONDS.toNanos(3));
    server = ServerContext.of(checked, opener, streams, Transport.NIO, () -> nanos, random);
    channel = connect();
  }

  /** Another client of the same server. */
  TestPeer(TestPeer other) {
    sinks = other.sinks;
    server =
        new ServerContext(
            other.server.options(),
            other.server.counters(),
            other.sinks,
            other.server.streams(),
            Transport.NIO,
            () -> nanos,
            other.server.random(),
            other.server.authentication(),
            other.server.limits(),
            other.server.connections(),
            other.server.log(),
            other.server.closed());
    channel = connect();
  }

  static StreamReader noStream(String name, Executor loop, Runnable news) {
    throw new UnknownStreamException("there is no stream '" + name + "'");
  }

  private Channel connect() {
    Channel connected = new Channel();
    connected.freezeTime();
    connected.config().setAllocator(allocator);
    RtspConnection.serve(server, connected);
    return connected;
  }

  /** Sends bytes as one socket read, or as many as the server's buffers make of it. */
  void send(byte[] bytes, int offset, int length) {
    if (!channel.isOpen()) {
      return;
    }
    var handle = channel.unsafe().recvBufAllocHandle();
    handle.reset(channel.config());
    int sent = 0;
    while (sent < length) {
      ByteBuf buffer = handle.allocate(channel.alloc());
      int size = Math.min(buffer.writableBytes(), length - sent);
      handle.attemptedBytesRead(buffer.writableBytes());
      buffer.writeBytes(bytes, offset + sent, size);
      handle.lastBytesRead(size);
      handle.incMessagesRead(1);
      channel.pipeline().fireChannelRead(buffer);
      sent += size;
    }
    handle.readComplete();
    channel.pipeline().fireChannelReadComplete();
    channel.runPendingTasks();
  }

  void send(byte[] bytes) {
    send(bytes, 0, bytes.length);
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request with the next CSeq, and the session if there is one; returns the response. */
  String request(String method, String uri, String... headers) {
    return requestWithBody(method, uri, "", headers);
  }

  String requestWithBody(String method, String uri, String body, String... headers) {
    send(text(method, uri, body, headers));
    String response = response();
    Matcher matcher = SESSION.matcher(response);
    if (matcher.find()) {
      session = matcher.group(1);
    }
    return response;
  }

  String text(String method, String uri, String body, String... headers) {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(uri).append(" RTSP/1.0\r\n");
    text.append("CSeq: ").append(++cSeq).append("\r\n");
    if (!session.isEmpty()) {
      text.append("Session: ").append(session).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  String announce() {
    return requestWithBody("ANNOUNCE", URI, SDP, "Content-Type: application/sdp");
  }

  String setUp(int track, String transport) {
    return request("SETUP", URI + "/streamid=" + track, "Transport: " + transport);
  }

  /** Publishes video on channels 0 and 1 and audio on 2 and 3. */
  void record() {
    assertOk(announce());
    assertOk(setUp(0, "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertOk(setUp(1, "RTP/AVP/TCP;unicast;interleaved=2-3;mode=record"));
    assertOk(request("RECORD", URI, "Range: npt=0.000-"));
  }

  static void assertOk(String response) {
    assertThat(response).startsWith("RTSP/1.0 200 OK\r\n");
  }

  String session() {
    return session;
  }

  void session(String id) {
    session = id;
  }

  /** What the server has sent since the last call. */
  byte[] sent() {
    received.reset();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      out.release();
      received.writeBytes(bytes);
    }
    return received.toByteArray();
  }

  String response() {
    return new String(sent(), StandardCharsets.ISO_8859_1);
  }

  /** How many bytes of buffers the server holds. */
  long held() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  void advance(Duration time) {
    nanos += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  RtspStatistics statistics() {
    return server.counters().snapshot();
  }

  /** Closes the connection; everything that was allocated must have been given back. */
  void close() {
    channel.close();
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
    channel.checkException();
    assertThat(statistics().failures()).isZero();
    assertThat(held()).as("bytes leaked").isZero();
  }

  /** An embedded channel with the addresses of a loopback connection. */
  static final class Channel extends EmbeddedChannel {
    /** whether the client stops to read */
    boolean blocked;

    @Override
    protected void doWrite(ChannelOutboundBuffer queued) throws Exception {
      if (!blocked) {
        super.doWrite(queued);
      }
    }

    @Override
    protected SocketAddress localAddress0() {
      return new InetSocketAddress("127.0.0.1", 8554);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress("127.0.0.1", 40_000);
    }
  }
}
