package dev.sluice.rtsp;

import dev.sluice.loop.Alarm;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.rtsp.RtspEncoder;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RTSP connection: takes requests one after the other, answers them in order, and ends when its
 * peer breaks the protocol or is silent. On the channel's event loop only.
 */
final class RtspConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);
  private static final int MAX_WAITING = 16;

  private final ServerContext server;
  private final Channel channel;
  private final InetSocketAddress remoteAddress;
  private final Alarm alarm;
  private final RequestAssembler assembler = new RequestAssembler();
  private final RequestHandler handler;
  private final Queue<RtspRequest> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean closing;
  private boolean reading;
  private long arrivalNanos;
  private long lastActivity;

  private RtspConnection(ServerContext server, Channel channel) {
    this.server = server;
    this.channel = channel;
    remoteAddress = (InetSocketAddress) channel.remoteAddress();
    alarm = new Alarm(channel.eventLoop(), server.clock(), this::onAlarm);
    handler = new RequestHandler(server, this);
    lastActivity = server.clock().getAsLong();
  }

  /** Serves RTSP on an accepted channel. */
  static void serve(ServerContext server, Channel channel) {
    RtspConnection connection = new RtspConnection(server, channel);
    server.counters().connectionsAccepted.increment();
    server.connections().add(connection);
    channel.closeFuture().addListener(closed -> connection.onClosed());
    InterleavedRtspDecoder decoder = new InterleavedRtspDecoder(connection::onFrame);
    channel.config().setRecvByteBufAllocator(new ReadBehindAllocator(decoder));
    channel.pipeline().addLast(decoder, new RtspEncoder(), connection);
    connection.wakeNoLaterThan(connection.silenceDeadline());
    if (server.closed().get()) {
      connection.close("the server is closed");
    }
  }

  Channel channel() {
    return channel;
  }

  EventLoop eventLoop() {
    return channel.eventLoop();
  }

  InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  RtspCounters counters() {
    return server.counters();
  }

  // Requests

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!closing) {
        read((HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpObject part) {
    switch (assembler.add(part)) {
      case INCOMPLETE -> {}
      case COMPLETE -> accept(assembler.take());
      case TOO_LARGE -> refuse(RtspResponseStatuses.REQUEST_ENTITY_TOO_LARGE);
      case MALFORMED -> refuse(RtspResponseStatuses.BAD_REQUEST);
    }
  }

  private void accept(RtspRequest request) {
    server.counters().requests.increment();
    lastActivity = server.clock().getAsLong();
    if (!busy) {
      handle(request);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(request);
    } else {
      refuse(RtspResponseStatuses.BAD_REQUEST);
    }
  }

  private void handle(RtspRequest request) {
    String cSeq = request.cSeq();
    if (cSeq == null) {
      refuse(RtspResponseStatuses.BAD_REQUEST);
      return;
    }
    busy = true;
    handler
        .handle(request)
        .whenComplete(
            (response, failure) -> {
              busy = false;
              if (failure != null) {
                fail(failure);
              } else {
                response.headers().set(HeaderNames.CSEQ, cSeq);
                respond(response);
              }
            });
  }

  private void respond(FullHttpResponse response) {
    if (closing) {
      return;
    }
    if (response.headers().contains(HeaderNames.CONNECTION, "close", true)) {
      sendLast(response);
      return;
    }
    channel.writeAndFlush(response);
    wakeNoLaterThan(silenceDeadline());
    RtspRequest next = waiting.poll();
    if (!channel.isWritable()) {
      close("it does not read its responses");
    } else if (next != null) {
      handle(next);
    }
  }

  /** Answers what breaks the protocol, and closes. */
  private void refuse(HttpResponseStatus status) {
    server.counters().malformed.increment();
    sendLast(RtspResponses.of(status));
  }

  private void sendLast(FullHttpResponse response) {
    closing = true;
    handler.close();
    channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  // Media

  private void onFrame(int interleavedChannel, ByteBuf frame) {
    server.counters().interleavedFrames.increment();
    RtspSession session = handler.session();
    if (session != null && session.media().onFrame(interleavedChannel, frame, arrivalNanos())) {
      onMediaOfPeer();
    } else {
      server.counters().received.discard();
    }
  }

  /** when what is being read arrived: one time for all that is read together */
  long arrivalNanos() {
    if (!reading) {
      reading = true;
      arrivalNanos = server.clock().getAsLong();
    }
    return arrivalNanos;
  }

  /** Some media came from the session's peer, which keeps the session alive. */
  void onMediaOfPeer() {
    lastActivity = arrivalNanos();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    onMediaRead();
  }

  /** All that had arrived on one of the session's sockets was handed over. */
  void onMediaRead() {
    RtspSession session = handler.session();
    if (reading && session != null) {
      session.media().onReadComplete();
    }
    reading = false;
  }

  // Time

  /** Has {@link SessionMedia#handleTimeout} called at a time or before. */
  void wakeNoLaterThan(long nanos) {
    if (!closing) {
      alarm.noLaterThan(nanos);
    }
  }

  private void onAlarm() {
    long now = server.clock().getAsLong();
    long deadline = silenceDeadline();
    if (deadline - now <= 0) {
      server.counters().timeouts.increment();
      close("it was silent for too long");
      return;
    }
    wakeNoLaterThan(deadline);
    RtspSession session = handler.session();
    if (session != null) {
      session.media().handleTimeout(now);
    }
  }

  private long silenceDeadline() {
    RtspOptions options = server.options();
    return lastActivity
        + (handler.session() == null ? options.idleTimeoutNanos() : options.sessionTimeoutNanos());
  }

  // End

  /** Ends the connection for a reason worth knowing. */
  void close(String reason) {
    LOG.debug("Closing RTSP connection of {}: {}", remoteAddress, reason);
    closing = true;
    handler.close();
    channel.close();
  }

  /** Ends the connection because something went wrong that is not the peer's fault. */
  void fail(Throwable cause) {
    server.counters().failures.increment();
    LOG.warn("RTSP connection of {} failed", remoteAddress, cause);
    closing = true;
    handler.close();
    channel.close();
  }

  private void onClosed() {
    closing = true;
    handler.close();
    alarm.cancel();
    server.connections().remove(this);
    server.counters().connectionsClosed.increment();
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
