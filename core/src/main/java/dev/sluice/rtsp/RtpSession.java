package dev.sluice.rtsp;

import dev.sluice.PublisherContext;
import dev.sluice.loop.Alarm;
import dev.sluice.loop.Failures;
import dev.sluice.loop.UdpPort;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what comes to UDP ports, for as long as it comes. On its event loop only, but for
 * binding.
 */
final class RtpSession implements MediaConnection {
  private static final Logger LOG = LoggerFactory.getLogger(RtpSession.class);
  private static final int RECEIVE_BATCH = 16;

  /** how often it is tried to publish while another one does, or that fails */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String streamName;
  private final MediaSettings settings;
  private final EventLoop loop;
  private final BooleanSupplier taken;
  private final long mediaTimeoutNanos;
  private final MediaReads reads;
  private final SessionMedia media;
  private final Alarm alarm;
  private final RtpPacket view = new RtpPacket();
  private final List<Channel> bound = new ArrayList<>();
  private volatile boolean publishing;
  private @Nullable InetSocketAddress sender;
  private boolean closed;
  private long nextTry;

  RtpSession(
      String streamName,
      MediaSettings settings,
      EventLoop loop,
      BooleanSupplier taken,
      long mediaTimeoutNanos) {
    this.streamName = streamName;
    this.settings = settings;
    this.loop = loop;
    this.taken = taken;
    this.mediaTimeoutNanos = mediaTimeoutNanos;
    reads = new MediaReads(this, settings.clock(), settings.counters());
    media = new SessionMedia(settings, this, this::context);
    alarm = new Alarm(loop, settings.clock(), () -> run(this::onAlarm));
    nextTry = settings.clock().getAsLong();
  }

  /** whether the stream is published; any thread */
  boolean isPublishing() {
    return publishing;
  }

  /**
   * Opens the sockets of a track. The caller waits for it, so it is not the event loop.
   *
   * @param local address for what is sent to one receiver, and of the interface that joins groups
   * @param from whose datagrams are taken; null for anybody's
   * @throws UncheckedIOException if a port is taken, or the group cannot be joined
   */
  void bind(
      DescribedPorts ports,
      ByteBufAllocator allocator,
      InetAddress local,
      @Nullable InetAddress from) {
    UdpPort sockets =
        new UdpPort(settings.transport(), allocator, RECEIVE_BATCH, UdpMedia.MAX_DATAGRAM, false);
    InetAddress address = ports.group() == null ? local : ports.group();
    Channel rtp = bind(sockets, new InetSocketAddress(address, ports.rtp()));
    Channel rtcp = bind(sockets, new InetSocketAddress(address, ports.rtcp()));
    if (ports.group() != null) {
      join(rtp, ports.group(), local);
      join(rtcp, ports.group(), local);
    }
    SenderRule rule = new SenderRule(from, TransportSpec.NONE, true);
    loop.submit(() -> serve(ports.track(), rtp, rtcp, rule)).syncUninterruptibly();
  }

  private Channel bind(UdpPort sockets, InetSocketAddress address) {
    ChannelFuture binding = sockets.bind(loop, address).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw cannot("RTP cannot be received on " + address, binding.cause());
    }
    bound.add(binding.channel());
    return binding.channel();
  }

  private static void join(Channel socket, InetAddress group, InetAddress local) {
    NetworkInterface joining;
    try {
      joining = NetworkInterface.getByInetAddress(local);
    } catch (SocketException unknown) {
      joining = null;
    }
    if (joining == null) {
      throw cannot("no interface has the address " + local.getHostAddress(), null);
    }
    ChannelFuture joined =
        ((DatagramChannel) socket).joinGroup(group, joining, null).awaitUninterruptibly();
    if (!joined.isSuccess()) {
      throw cannot("group " + group.getHostAddress() + " cannot be joined", joined.cause());
    }
  }

  private static UncheckedIOException cannot(String what, @Nullable Throwable cause) {
    return new UncheckedIOException(new IOException(what, cause));
  }

  private void serve(AnnouncedTrack track, Channel rtp, Channel rtcp, SenderRule rule) {
    media.addUdp(
        track,
        (onRtp, onRtcp) -> {
          UdpPeer rtpPeer = new UdpPeer(this, rule, packet -> onRtp(track, rtp, packet, onRtp));
          UdpPeer rtcpPeer = new UdpPeer(this, rule, onRtcp);
          return CompletableFuture.completedFuture(UdpMedia.of(rtp, rtcp, rtpPeer, rtcpPeer));
        });
  }

  private void onRtp(
      AnnouncedTrack track, Channel socket, ByteBuf packet, Consumer<ByteBuf> receiver) {
    if (!publishing && view.wrap(packet) && view.payloadType() == track.payloadType()) {
      begin(socket.pipeline().get(UdpPeer.class).remote());
    }
    receiver.accept(packet);
  }

  private void begin(@Nullable InetSocketAddress from) {
    long now = reads.arrivalNanos();
    if (closed || nextTry - now > 0) {
      return;
    }
    nextTry = now + RETRY_NANOS;
    if (!taken.getAsBoolean()) {
      publishing = true;
      sender = from;
      media.start(streamName);
      wakeNoLaterThan(mediaDeadline());
    }
  }

  private PublisherContext context() {
    return new PublisherContext("rtp", sender, null, null);
  }

  private long mediaDeadline() {
    return media.lastMedia() + mediaTimeoutNanos;
  }

  private void end(String why) {
    if (publishing) {
      LOG.info("Stream '{}' ends: {}", streamName, why);
      publishing = false;
      alarm.cancel();
      media.end();
    }
  }

  private void onAlarm() {
    long now = settings.clock().getAsLong();
    if (mediaDeadline() - now <= 0) {
      end("nothing comes any more");
    } else if (publishing) {
      media.handleTimeout(now);
      wakeNoLaterThan(mediaDeadline());
    }
  }

  @Override
  public EventLoop eventLoop() {
    return loop;
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
  public void wakeNoLaterThan(long nanos) {
    if (publishing) {
      alarm.noLaterThan(nanos);
    }
  }

  @Override
  public void onSinkClosed(boolean replaced) {
    end(replaced ? "another publisher took it over" : "the host ended it");
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
    Failures.log(LOG, "Receiving '" + streamName + "' failed", cause);
    end("it failed");
  }

  void close() {
    closed = true;
    end("it is received no more");
    media.close();
    bound.forEach(Channel::close);
  }
}
