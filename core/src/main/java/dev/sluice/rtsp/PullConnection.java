package dev.sluice.rtsp;

import dev.sluice.PublisherContext;
import dev.sluice.loop.Alarm;
import dev.sluice.loop.Failures;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.rtsp.RtspEncoder;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a source: it has the stream sent and publishes it for as long as media comes.
 * On the channel's event loop only.
 */
final class PullConnection extends ChannelInboundHandlerAdapter
    implements MediaConnection, PullDialog.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PullConnection.class);

  /** what a server that sends over UDP gets through in, or not at all */
  private static final long FIRST_DATAGRAM_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long LEAST_KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Hears how it goes on a connection. */
  interface Owner {
    /** The stream is published. */
    void onPlaying(PullConnection connection);

    /**
     * It ended; told once.
     *
     * @param received whether media had come
     */
    void onEnd(PullEnd end, boolean received);
  }

  private final PullContext context;
  private final Channel channel;
  private final PullUrl url;
  private final RtspTransport transport;
  private final Owner owner;
  private final MediaReads reads;
  private final InterleavedRtspDecoder decoder;
  private final RequestOut requests;
  private final PullDialog dialog;
  private final SessionMedia media;
  private final Alarm alarm;
  private boolean ended;
  private boolean playing;
  private long askedAt;
  private int asked;
  private long nextKeepAlive;

  private PullConnection(
      PullContext context, Channel channel, PullUrl url, RtspTransport transport, Owner owner) {
    this.context = context;
    this.channel = channel;
    this.url = url;
    this.transport = transport;
    this.owner = owner;
    reads = new MediaReads(this, context.media().clock(), context.media().counters());
    decoder = new InterleavedRtspDecoder(reads, context.memory(), true);
    requests =
        new RequestOut(
            channel,
            new ClientAuthentication(
                url.userInfo(), context.options().authentication(), context.media().random()));
    dialog = new PullDialog(url, requests, transport, this);
    InetSocketAddress camera = (InetSocketAddress) channel.remoteAddress();
    PublisherContext publisher =
        new PublisherContext("rtsp", camera, null, null, context.rendition());
    media = new SessionMedia(context.media(), this, () -> publisher);
    alarm = new Alarm(channel.eventLoop(), context.media().clock(), () -> run(this::onAlarm));
  }

  /**
   * Begins to talk to the server on a channel that is connected.
   *
   * @param owner told when it plays and why it ended
   */
  static PullConnection open(
      PullContext context, Channel channel, PullUrl url, RtspTransport transport, Owner owner) {
    PullConnection connection = new PullConnection(context, channel, url, transport, owner);
    channel.config().setRecvByteBufAllocator(new ReadBehindAllocator(connection.decoder));
    channel.pipeline().addLast(connection.decoder, new RtspEncoder(), connection);
    channel.closeFuture().addListener(closed -> connection.onClosed());
    connection.run(connection.dialog::start);
    connection.watchRequest();
    channel.config().setAutoRead(true);
    return connection;
  }

  boolean hasEnded() {
    return ended;
  }

  /** whether media comes over UDP */
  boolean isUdp() {
    return dialog.isUdp();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ended) {
      return;
    }
    if (message instanceof RtspResponse response) {
      requests.receive(response);
      watchRequest();
    } else if (message instanceof RtspRequest request) {
      answer(request);
    } else {
      onEnd(PullEnd.failed("it broke the protocol: " + ((BrokenProtocol) message).reason()));
    }
  }

  /** A server may ask whether this side is there (RFC 2326, section 10.1). */
  private void answer(RtspRequest request) {
    boolean known = request.method().equals("OPTIONS") || request.method().equals("GET_PARAMETER");
    FullHttpResponse response =
        RtspResponses.of(known ? RtspResponseStatuses.OK : RtspResponseStatuses.NOT_IMPLEMENTED);
    String cSeq = request.cSeq();
    if (cSeq != null && !cSeq.isEmpty()) {
      response.headers().set(HeaderNames.CSEQ, cSeq);
    }
    if (channel.isWritable()) {
      channel.writeAndFlush(response);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reads.onReadComplete();
  }

  // The dialog

  @Override
  public void onTracks(List<AnnouncedTrack> tracks) {
    context.media().counters().countDropped(context.streamName(), tracks, context.log()::warn);
  }

  @Override
  public boolean wants(AnnouncedTrack track) {
    return context.isOwn() ? track.isRelayed() : track.isVideo();
  }

  @Override
  public void setUpUdp(AnnouncedTrack track, Consumer<UdpMedia> then) {
    InetAddress server = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    SenderRule rule = new SenderRule(server, TransportSpec.NONE, true); // some use other ports
    media
        .addUdp(track, UdpMedia.opener(context.media(), this, channel, rule, rule))
        .whenComplete(
            (udp, failure) -> {
              if (failure != null) {
                onEnd(PullEnd.failed("no pair of UDP ports is free: " + failure.getMessage()));
              } else if (udp != null) {
                run(() -> then.accept(udp));
                watchRequest();
              }
            });
  }

  @Override
  public void setUpInterleaved(AnnouncedTrack track, int rtpChannel, int rtcpChannel) {
    media.addInterleaved(track, rtpChannel, rtcpChannel, new InterleavedOut(channel, rtcpChannel));
  }

  @Override
  public void onPlay() {
    if (context.taken().getAsBoolean()) {
      onEnd(PullEnd.of(PullEnd.Kind.REPLACED, "another publisher has the stream"));
    } else if (publish()) {
      playing = true;
      scheduleKeepAlive();
      wakeNoLaterThan(mediaDeadline());
      owner.onPlaying(this);
    }
  }

  private boolean publish() {
    try {
      media.start(context.streamName());
      return true;
    } catch (Throwable refused) {
      onEnd(PullEnd.failed("the stream cannot be published: " + refused.getMessage()));
      return false;
    }
  }

  // Media

  @Override
  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  @Override
  public MediaReads reads() {
    return reads;
  }

  @Override
  public SessionMedia traffic() {
    return media;
  }

  @Override
  public void onSinkClosed(boolean replaced) {
    onEnd(
        replaced
            ? PullEnd.of(PullEnd.Kind.REPLACED, "another publisher took the stream over")
            : PullEnd.failed("the stream was ended"));
  }

  // Time

  @Override
  public void wakeNoLaterThan(long nanos) {
    if (!ended) {
      alarm.noLaterThan(nanos);
    }
  }

  /** Takes note of when the request was sent that waits for its response. */
  private void watchRequest() {
    int waiting = requests.waiting();
    if (waiting != asked && waiting != RequestOut.NONE) {
      askedAt = now();
      wakeNoLaterThan(responseDeadline());
    }
    asked = waiting;
  }

  private long responseDeadline() {
    return askedAt + context.options().times().responseTimeoutNanos();
  }

  private void scheduleKeepAlive() {
    nextKeepAlive = now() + Math.max(LEAST_KEEP_ALIVE_NANOS, dialog.timeoutNanos() / 2);
    wakeNoLaterThan(nextKeepAlive);
  }

  private long mediaDeadline() {
    long patience = context.options().times().mediaTimeoutNanos();
    return media.lastMedia() + (mayTryTcp() ? Math.min(FIRST_DATAGRAM_NANOS, patience) : patience);
  }

  private boolean mayTryTcp() {
    return transport == RtspTransport.AUTOMATIC && dialog.isUdp() && !media.hasReceived();
  }

  private void onAlarm() {
    long now = now();
    if (asked != RequestOut.NONE && responseDeadline() - now <= 0) {
      onEnd(PullEnd.failed("there is no response to " + requests.waitingMethod()));
    } else if (playing && mediaDeadline() - now <= 0) {
      onNoMedia();
    } else {
      handleTimeout(now);
    }
  }

  private void onNoMedia() {
    onEnd(
        mayTryTcp()
            ? PullEnd.of(PullEnd.Kind.NO_UDP, "no media came over UDP")
            : PullEnd.failed("no media came for a while"));
  }

  private void handleTimeout(long now) {
    if (playing) {
      if (nextKeepAlive - now <= 0) {
        if (dialog.keepAlive()) {
          context.keepAlives().increment();
          watchRequest();
        }
        scheduleKeepAlive();
      }
      media.handleTimeout(now);
      wakeNoLaterThan(nextKeepAlive);
      wakeNoLaterThan(mediaDeadline());
    }
    if (asked != RequestOut.NONE) {
      wakeNoLaterThan(responseDeadline());
    }
  }

  private long now() {
    return context.media().clock().getAsLong();
  }

  // The end

  /** Leaves: nobody wants the stream any more. */
  void leave() {
    onEnd(PullEnd.of(PullEnd.Kind.UNWANTED, "nobody wants it"));
  }

  @Override
  public void onEnd(PullEnd end) {
    if (ended) {
      return;
    }
    LOG.debug("Connection to {} for '{}' ends: {}", url, context.streamName(), end.reason());
    ended = true;
    decoder.stop();
    alarm.cancel();
    boolean received = media.hasReceived();
    try {
      media.close();
      dialog.tearDown();
    } catch (Throwable e) {
      Failures.log(LOG, "Pulling '%s' did not end".formatted(context.streamName()), silent(e));
    } finally {
      LastWrite.closeBehind(channel, Unpooled.EMPTY_BUFFER);
      owner.onEnd(end, received);
    }
  }

  private void onClosed() {
    onEnd(PullEnd.failed("the connection was closed"));
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
    Failures.log(LOG, "Pulling '%s' failed".formatted(context.streamName()), silent(cause));
    onEnd(PullEnd.failed(cause.getClass().getName()));
  }

  /** A message may quote a URL and with it a secret. */
  private static Throwable silent(Throwable cause) {
    Throwable silent = new Throwable(cause.getClass().getName());
    silent.setStackTrace(cause.getStackTrace());
    return silent;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      onEnd(PullEnd.failed(cause.toString()));
    } else {
      fail(cause);
    }
  }
}
