package dev.sluice.benchmarks.load.viewer;

import dev.sluice.benchmarks.bottleneck.LinkShape;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.srtp.SrtpProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One viewer on its own socket. */
final class LoadViewer extends ChannelInboundHandlerAdapter {
  private static final int FIRST_RTP_BYTE = 128;
  private static final int MOST_EARLY = 1_024;
  private static final int SMALLEST_BUFFER = 2_048;

  private final SwarmLoop loop;
  private final Channel channel;
  private final int stream;
  private final Answer answer;
  private final double loss;
  private final long seed;
  private final long joinedAt;
  private final ConnectivityChecks checks;
  private final Handshake handshake;
  private final Executor handshakes;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private boolean unread;
  private int forgeries;
  private @Nullable ForgedFeedback forged;
  private boolean visiting;
  private @Nullable LastMile lastMile;
  private boolean timed;
  private @Nullable ArrivalClock arrivals;
  private List<byte[]> early = new ArrayList<>();
  private @Nullable MediaReceiver media;
  private Handshake.@Nullable Keys keys;

  /**
   * Makes a viewer.
   *
   * @param loop of its thread
   * @param channel its socket, connected to the relay
   * @param stream number of its stream
   * @param local its ICE credentials
   * @param answer of the relay
   * @param identity its certificate
   * @param profiles of SRTP that it offers
   * @param handshakes runs what blocks
   * @param loss share of the relay's datagrams that are thrown away
   * @param seed of its random numbers
   * @param joinedAt when it made its offer
   */
  LoadViewer(
      SwarmLoop loop,
      Channel channel,
      int stream,
      IceCredentials local,
      Answer answer,
      Identity identity,
      List<SrtpProfile> profiles,
      Executor handshakes,
      double loss,
      long seed,
      long joinedAt) {
    this.loop = loop;
    this.channel = channel;
    this.stream = stream;
    this.answer = answer;
    this.handshakes = handshakes;
    this.loss = loss;
    this.seed = seed;
    this.joinedAt = joinedAt;
    checks = new ConnectivityChecks(local, answer.credentials(), seed, joinedAt);
    handshake = new Handshake(identity, profiles, this::send);
  }

  /** Once it has reported media, it reads no more; before it is given to its loop. */
  void leaveUnread() {
    unread = true;
  }

  /** Once it has keys, it sends so much forged feedback a tick; before it is given to its loop. */
  void forge(int eachTick) {
    forgeries = eachTick;
  }

  /** It leaves as soon as it has media; before it is given to its loop. */
  void leaveWithMedia() {
    visiting = true;
  }

  /** Its media come over a link; before it is given to its loop. */
  void behind(LinkShape shape) {
    lastMile = new LastMile(shape, loop.tally);
  }

  /** Has the delays of its packets recorded; before it is given to its loop. */
  void recordDelays() {
    timed = true;
    if (ArrivalClock.covers(channel)) {
      arrivals = new ArrivalClock((EpollDatagramChannel) channel);
    }
  }

  /** done when the keys are there */
  CompletableFuture<Void> connected() {
    return connected;
  }

  void tick(long now) {
    if (lastMile != null) {
      lastMile.deliver(now, this::receiveMedia);
    }
    int length = checks.tick(now, loop);
    if (length > 0) {
      send(Arrays.copyOf(loop.out, length));
    }
    if (forged != null) {
      for (int i = 0; i < forgeries; i++) {
        send(forged.next());
        loop.tally.forged++;
      }
    } else if (media != null) {
      int report = media.tick(now, loop.out);
      if (report > 0) {
        send(Arrays.copyOf(loop.out, report));
      }
      if (unread && media.hasReported() && channel.config().isAutoRead()) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.SO_RCVBUF, SMALLEST_BUFFER);
      }
    }
  }

  /** Says goodbye; on the loop. */
  void close() {
    if (keys != null) {
      try {
        keys.connection().close();
      } catch (IOException e) {
        // it is over anyway
      }
    }
    vanish();
  }

  /** Is gone without a word; on the loop. */
  void vanish() {
    loop.viewers.remove(this);
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      ByteBuf content = datagram.content();
      int length = content.readableBytes();
      if (length > 0 && length <= loop.in.length) {
        content.readBytes(loop.in, 0, length);
        receive(loop.in, length, arrivals == null ? System.nanoTime() : arrivals.newest());
      }
    } finally {
      datagram.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    loop.tally.error(cause.toString());
  }

  private void receive(byte[] datagram, int length, long now) {
    if ((datagram[0] & 0xFF) >= FIRST_RTP_BYTE) {
      overLastMile(datagram, length, now);
    } else if (!Stun.isStun(datagram[0])) {
      handshake.receive(Arrays.copyOf(datagram, length));
    } else if (checks.receive(datagram, length, now, loop)) {
      handshakes.execute(this::shakeHands);
    } else {
      int response = checks.respond(datagram, length, answer.remote(), loop);
      if (response > 0) {
        send(Arrays.copyOf(loop.out, response));
      }
    }
  }

  private void overLastMile(byte[] datagram, int length, long now) {
    if (lastMile == null) {
      receiveMedia(datagram, length, now);
    } else {
      lastMile.send(datagram, length, now);
    }
  }

  private void receiveMedia(byte[] datagram, int length, long now) {
    if (media != null) {
      media.receive(datagram, length, now);
      leaveIfVisiting();
    } else if (early.size() < MOST_EARLY) {
      early.add(Arrays.copyOf(datagram, length));
    }
  }

  private void shakeHands() {
    try {
      Handshake.Keys agreed = handshake.run();
      loop.eventLoop.execute(() -> start(agreed));
    } catch (IOException | RuntimeException e) {
      connected.completeExceptionally(e);
    }
  }

  private void start(Handshake.Keys agreed) {
    keys = agreed;
    forged = forgeries > 0 ? new ForgedFeedback(agreed, answer.ssrc(), seed) : null;
    media = new MediaReceiver(stream, answer, agreed, loop.tally, loss, seed, joinedAt, timed);
    for (byte[] datagram : early) {
      media.receive(datagram, datagram.length, System.nanoTime());
    }
    early = List.of();
    connected.complete(null);
    leaveIfVisiting();
  }

  private void leaveIfVisiting() {
    if (visiting && media != null && media.hasBegun() && channel.isOpen()) {
      close();
    }
  }

  private void send(byte[] datagram) {
    channel.writeAndFlush(
        new DatagramPacket(Unpooled.wrappedBuffer(datagram), answer.remote()),
        channel.voidPromise());
  }
}
