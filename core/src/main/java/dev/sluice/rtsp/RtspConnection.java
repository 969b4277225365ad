package dev.sluice.rtsp;

import dev.sluice.loop.Alarm;
import dev.sluice.loop.Failures;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.rtsp.RtspEncoder;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RTSP connection: takes requests one after the other, answers them in order, and ends when its
 * peer breaks the protocol or is silent. On the channel's event loop only.
 */
final class RtspConnection extends ChannelInboundHandlerAdapter implements MediaConnection {
  private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);
  private static final int MAX_WAITING = 16;

  private final ServerContext server;
  private final Channel channel;
  private final InetSocketAddress remoteAddress;
  private final Alarm alarm;
  private final PeerActivity activity;
  private final MediaReads reads;
  private final InterleavedRtspDecoder decoder;
  private final RequestHandler handler;
  private final ResponseOut responses;
  private final Queue<RtspRequest> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean closing;
  private boolean idle = true;
  private boolean closeAfterResponse;

  private RtspConnection(ServerContext server, Channel channel) {
    this.server = server;
    this.channel = channel;
    remoteAddress = (InetSocketAddress) channel.remoteAddress();
    alarm = new Alarm(channel.eventLoop(), server.clock(), () -> run(this::onAlarm));
    reads = new MediaReads(this, server.clock(), server.counters().media);
    decoder = new InterleavedRtspDecoder(reads, server.limits().receiveMemory(), false);
    handler = new RequestHandler(server, this);
    responses = new ResponseOut(channel);
    activity = new PeerActivity(server.options(), server.clock().getAsLong());
  }

  /** Serves RTSP on an accepted channel, unless there are too many. */
  static void serve(ServerContext server, Channel channel) {
    RtspConnection connection = new RtspConnection(server, channel);
    if (server.connections().size() >= server.options().maxConnections()
        || !server.limits().idle().tryEnter(connection.remoteAddress.getAddress())) {
      server.counters().connectionsRefused.increment();
      server.log().warn("Too many RTSP connections, refused one of " + connection.remoteAddress);
      channel.close();
      return;
    }
    server.connections().add(connection);
    server.counters().connectionsAccepted.increment();
    channel.closeFuture().addListener(closed -> connection.onClosed());
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    channel.config().setRecvByteBufAllocator(new ReadBehindAllocator(connection.decoder));
    channel.pipeline().addLast(connection.decoder, new RtspEncoder(), connection);
    connection.wakeNoLaterThan(connection.silenceDeadline());
    if (server.closed().get()) {
      connection.close("the server is closed");
    }
  }

  Channel channel() {
    return channel;
  }

  @Override
  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing) {
      return;
    }
    if (message instanceof BrokenProtocol broken) {
      refuse(broken.status(), broken.reason());
    } else {
      accept((RtspRequest) message);
    }
  }

  private void accept(RtspRequest request) {
    server.counters().requests.increment();
    activity.onRequest(server.clock().getAsLong());
    if (!busy) {
      handle(request);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(request);
    } else {
      refuse(RtspResponseStatuses.BAD_REQUEST, "too many requests wait for a response");
    }
  }

  private void handle(RtspRequest request) {
    String cSeq = request.cSeq();
    if (cSeq == null) {
      refuse(RtspResponseStatuses.BAD_REQUEST, "CSeq is no number");
      return;
    }
    busy = true;
    handler
        .handle(request)
        .whenComplete(
            (response, failure) -> {
              if (failure != null) {
                fail(failure);
              } else {
                run(() -> respond(response, cSeq));
              }
            });
  }

  private void respond(FullHttpResponse response, String cSeq) {
    busy = false;
    if (!cSeq.isEmpty()) {
      response.headers().set(HeaderNames.CSEQ, cSeq);
    }
    respond(response);
  }

  private void respond(FullHttpResponse response) {
    if (closing) {
      return;
    }
    if (closeAfterResponse || response.headers().contains(HeaderNames.CONNECTION, "close", true)) {
      sendLast(response);
      return;
    }
    responses.send(response);
    wakeNoLaterThan(silenceDeadline());
    RtspRequest next = waiting.poll();
    if (responses.isFull()) {
      close("it does not read its responses");
    } else if (next != null) {
      handle(next);
    }
  }

  /** Answers what breaks the protocol, and closes. */
  private void refuse(HttpResponseStatus status, String reason) {
    server.counters().malformed.increment();
    LOG.debug("RTSP connection of {}: {}", remoteAddress, reason);
    sendLast(RtspResponses.of(status, reason));
  }

  private void sendLast(FullHttpResponse response) {
    end();
    responses.sendLast(response);
  }

  // Media

  @Override
  public MediaReads reads() {
    return reads;
  }

  @Override
  public @Nullable SessionTraffic traffic() {
    Session session = handler.session();
    return session == null ? null : session.media();
  }

  @Override
  public void onUnwantedMedia() {
    activity.onUnwantedMedia(reads.arrivalNanos());
  }

  /** The session begins to pass media on, or goes on to do so, either way. */
  void onStart() {
    activity.onMedia(server.clock().getAsLong());
    if (idle) {
      idle = false;
      server.limits().idle().leave(remoteAddress.getAddress());
    }
  }

  /** The session ended, its connection did not. */
  void onTearDown() {
    if (!idle) {
      idle = server.limits().idle().tryEnter(remoteAddress.getAddress());
      closeAfterResponse = !idle;
    }
  }

  @Override
  public void onSinkClosed(boolean replaced) {
    Session session = handler.session();
    if (replaced && session != null) {
      server.counters().takeovers.increment();
      server
          .log()
          .warn(
              "Another publisher took '%s' over from %s: give each encoder a name of its own"
                  .formatted(session.title(), remoteAddress));
    }
    close(replaced ? "another publisher took the stream over" : "the stream was ended");
  }

  @Override
  public void onMediaOfPeer() {
    activity.onMedia(reads.arrivalNanos());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reads.onReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      handler.onWritable();
    }
  }

  // Time

  @Override
  public void wakeNoLaterThan(long nanos) {
    if (!closing) {
      alarm.noLaterThan(nanos);
    }
  }

  private void onAlarm() {
    try {
      handleTimeout();
    } catch (Throwable failure) { // else an error of the host's would stop the alarm for good
      fail(failure);
    }
  }

  private void handleTimeout() {
    long now = server.clock().getAsLong();
    if (busy) {
      activity.onRequest(now); // it waits for the response, not the other way round
    }
    long deadline = silenceDeadline();
    if (deadline - now <= 0) {
      onSilence();
      return;
    }
    wakeNoLaterThan(deadline);
    SessionTraffic traffic = traffic();
    if (traffic != null) {
      traffic.handleTimeout(now);
    }
  }

  private void onSilence() {
    Session session = handler.session();
    server.counters().timeouts.increment();
    if (session != null && session.media().isRecording()) {
      server.counters().mediaTimeouts.increment();
      server
          .log()
          .warn(
              ("No media of '%s' came from %s for a while, closing its connection: the encoder or"
                      + " its network stands still, or UDP does not get through")
                  .formatted(session.title(), remoteAddress));
    }
    close("it was silent for too long");
  }

  private long silenceDeadline() {
    Session session = handler.session();
    if (session == null) {
      return activity.deadlineWithoutSession();
    }
    return session.media().isRecording()
        ? activity.deadlineWhileRecording()
        : activity.deadlineInSession();
  }

  /** Ends the connection for a reason worth knowing. */
  void close(String reason) {
    LOG.debug("Closing RTSP connection of {}: {}", remoteAddress, reason);
    closeChannel();
  }

  @Override
  public void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      fail(e);
    }
  }

  @Override
  public void fail(Throwable cause) {
    server.counters().failures.increment();
    Failures.log(LOG, "RTSP connection of " + remoteAddress + " failed", cause);
    closeChannel();
  }

  private void closeChannel() {
    try {
      end();
    } catch (Throwable e) {
      Failures.log(LOG, "RTSP session of " + remoteAddress + " did not end as it should", e);
    } finally {
      channel.close();
    }
  }

  private void end() {
    closing = true;
    decoder.stop();
    handler.close();
  }

  private void onClosed() {
    try {
      end();
    } finally {
      alarm.cancel();
      server.connections().remove(this);
      server.counters().connectionsClosed.increment();
      if (idle) {
        server.limits().idle().leave(remoteAddress.getAddress());
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      close(cause.toString());
    } else {
      fail(cause);
    }
  }
}
