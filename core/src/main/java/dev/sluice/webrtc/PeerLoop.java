package dev.sluice.webrtc;

import dev.sluice.LoopStatistics;
import dev.sluice.fanout.Burst;
import dev.sluice.fanout.Egress;
import dev.sluice.fanout.Fanout;
import dev.sluice.fanout.Pacer;
import dev.sluice.fanout.TrackSender;
import dev.sluice.ice.IceContext;
import dev.sluice.ice.IceLiteAgent;
import dev.sluice.ice.Stun;
import dev.sluice.loop.Counter;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.Handover;
import dev.sluice.loop.TimerWheel;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.stream.Track;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop: its socket on the engine's port, its timers and what its sessions
 * share. A datagram that the kernel gave to another loop is handed over, within a limit.
 */
public final class PeerLoop extends ChannelInboundHandlerAdapter {
  /** larger datagrams are no peer's: they are dropped */
  public static final int MAX_DATAGRAM = 2_048;

  private static final long TICK_NANOS = 20_000_000;
  private static final int WHEEL_SLOTS = 512;
  private static final int MAX_HANDED_OVER = 4_096;
  private static final long FAILURE_INTERVAL_NANOS = 1_000_000_000;

  private final EventLoop eventLoop;
  private final String name;
  private final UdpSocket socket;
  private final PeerDirectory directory;
  private final EngineClock clock;
  private final IceContext ice;
  private final Consumer<Throwable> onFailure;
  private final Egress egress;
  private final TimerWheel timers;
  private final Pacer pacer;
  private final Map<Track, Fanout> fanouts = new HashMap<>();
  private final byte[] inbound = new byte[MAX_DATAGRAM];
  private final byte[] outbound = new byte[MAX_DATAGRAM];
  private final CompoundReader compoundReader = new CompoundReader();
  private final CompoundWriter compoundWriter = new CompoundWriter();
  private final Set<Peer> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger handedOver = new AtomicInteger();
  private final Counter datagramsReceived = new Counter();
  private final Counter unknownSender = new Counter();
  private final Counter oversized = new Counter();
  private final LongAdder notHandedOver = new LongAdder();
  private @Nullable ScheduledFuture<?> alarm;
  private long alarmNanos;
  private long nextFailureNanos;
  private volatile long lastTurnNanos;
  private volatile boolean alive = true;

  /**
   * Makes the sessions' side of an event loop.
   *
   * @param eventLoop its thread
   * @param socket its socket
   * @param directory all sessions
   * @param clock the engine's clock
   * @param ice what its ICE agents share
   * @param onFailure hears of a failing socket or datagram, at most once a second; must not throw
   */
  public PeerLoop(
      EventLoop eventLoop,
      UdpSocket socket,
      PeerDirectory directory,
      EngineClock clock,
      IceContext ice,
      Consumer<Throwable> onFailure) {
    this.eventLoop = eventLoop;
    name = threadName(eventLoop);
    this.socket = socket;
    this.directory = directory;
    this.clock = clock;
    this.ice = ice;
    this.onFailure = onFailure;
    egress = new Egress(socket);
    pacer = new Pacer(task -> eventLoop.schedule(task, Burst.SPAN_NANOS, TimeUnit.NANOSECONDS));
    nextFailureNanos = clock.nanos();
    lastTurnNanos = nextFailureNanos;
    timers = new TimerWheel(TICK_NANOS, WHEEL_SLOTS, nextFailureNanos);
  }

  private static String threadName(EventLoop eventLoop) {
    return eventLoop instanceof SingleThreadEventExecutor executor
        ? executor.threadProperties().name()
        : eventLoop.toString();
  }

  /** {@return the thread; from any thread} */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  /** {@return the thread's name; from any thread} */
  public String name() {
    return name;
  }

  /** {@return how many sessions are homed here; from any thread} */
  public int sessions() {
    return sessions.size();
  }

  /** {@return whether sessions can live here; from any thread} */
  public boolean isAlive() {
    return alive;
  }

  /** Notes that the event loop has got round to this; called there at regular intervals. */
  public void turn() {
    lastTurnNanos = clock.nanos();
  }

  /** {@return how long ago {@link #turn} was called, in nanoseconds; from any thread} */
  public long nanosSinceTurn() {
    return Math.max(0, clock.nanos() - lastTurnNanos);
  }

  /**
   * Ends all sessions: the event loop or its socket is gone. Called on the event loop, or by anyone
   * once that has ended.
   */
  public void end() {
    alive = false;
    sessions.forEach(Peer::abandon);
  }

  /**
   * A session is homed here from now on; from any thread.
   *
   * @throws IllegalStateException when sessions cannot live here any more
   */
  void sessionOpened(Peer session) {
    sessions.add(session);
    if (!alive) {
      sessions.remove(session);
      throw new IllegalStateException("the event loop has ended");
    }
  }

  /** A session is gone. */
  void sessionEnded(Peer session) {
    sessions.remove(session);
  }

  /** {@return how it is; from any thread} */
  public LoopStatistics statistics() {
    return new LoopStatistics(name(), isAlive(), Duration.ofNanos(nanosSinceTurn()), sessions());
  }

  /** {@return its socket; statistics from any thread} */
  public UdpSocket socket() {
    return socket;
  }

  /** {@return its ICE counters; from any thread, approximately} */
  public IceContext ice() {
    return ice;
  }

  /** {@return datagrams that came in; from any thread} */
  public long datagramsReceived() {
    return datagramsReceived.get();
  }

  /** {@return dropped: no session has this address or user-name fragment; from any thread} */
  public long unknownSender() {
    return unknownSender.get();
  }

  /** {@return dropped: too large, or too many to hand over or to send; from any thread} */
  public long dropped() {
    return oversized.get() + notHandedOver.sum() + socket.congested();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      receive(datagram.content(), datagram.sender());
    } catch (Throwable e) {
      tell(e);
    } finally {
      datagram.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    socket.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (socket.isWritable()) {
      fanouts.values().forEach(Fanout::wake);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    socket.sendFailed();
    tell(cause);
  }

  private void tell(Throwable cause) {
    long now = clock.nanos();
    if (now - nextFailureNanos >= 0) {
      nextFailureNanos = now + FAILURE_INTERVAL_NANOS;
      onFailure.accept(cause);
    }
  }

  private void receive(ByteBuf content, InetSocketAddress from) {
    datagramsReceived.increment();
    int length = content.readableBytes();
    if (length == 0 || length > MAX_DATAGRAM) {
      oversized.increment();
      return;
    }
    if (from.getPort() == 0) {
      unknownSender.increment(); // forged: nothing can be sent back
      return;
    }
    content.readBytes(inbound, 0, length);
    Peer session = sessionOf(length, from);
    if (session == null) {
      unknownSender.increment();
    } else {
      deliver(session, inbound, length, from);
    }
  }

  private void deliver(Peer session, byte[] datagram, int length, InetSocketAddress from) {
    if (session.loop() == this) {
      offer(session, datagram, length, from);
    } else {
      session.loop().handOver(session, Arrays.copyOf(datagram, length), from);
    }
  }

  /** where several sessions are at one address, the next one gets what is not this one's */
  private void offer(Peer session, byte[] datagram, int length, InetSocketAddress from) {
    Peer next = directory.after(session, from);
    byte[] intact = next == null ? datagram : Arrays.copyOf(datagram, length);
    boolean taken = session.receive(clock.nanos(), datagram, length, from);
    if (!taken && next != null) {
      deliver(next, intact, length, from);
    }
  }

  private @Nullable Peer sessionOf(int length, InetSocketAddress from) {
    if (Stun.isStun(inbound[0])) {
      String ufrag = Stun.localUfrag(inbound, 0, length);
      if (ufrag != null) {
        return directory.byUfrag(ufrag);
      }
    }
    return Peer.isPlainDtls(inbound, length)
        ? directory.handshaking(from)
        : directory.byAddress(from);
  }

  private void handOver(Peer session, byte[] datagram, InetSocketAddress from) {
    if (handedOver.incrementAndGet() > MAX_HANDED_OVER) {
      handedOver.decrementAndGet();
      notHandedOver.increment();
      return;
    }
    boolean taken =
        Handover.offer(
            eventLoop,
            () -> {
              handedOver.decrementAndGet();
              offer(session, datagram, datagram.length, from);
              socket.flush();
            });
    if (!taken) {
      handedOver.decrementAndGet();
      notHandedOver.increment();
    }
  }

  /** where a session builds an answer; at least {@link IceLiteAgent#MAX_MESSAGE_LENGTH} bytes */
  byte[] outbound() {
    return outbound;
  }

  CompoundReader compoundReader() {
    return compoundReader;
  }

  CompoundWriter compoundWriter() {
    return compoundWriter;
  }

  Egress egress() {
    return egress;
  }

  void join(Track track, TrackSender sender) {
    fanouts
        .computeIfAbsent(track, t -> new Fanout(t, eventLoop, egress, pacer, clock::nanos))
        .add(sender);
  }

  /** Has the viewers of a track served again a moment later. */
  void wakeLater(Track track) {
    Fanout fanout = fanouts.get(track);
    if (fanout != null) {
      fanout.wakeLater();
    }
  }

  void leave(Track track, TrackSender sender) {
    Fanout fanout = fanouts.get(track);
    if (fanout != null) {
      fanout.remove(sender);
      if (fanout.isEmpty()) {
        fanouts.remove(track);
      }
    }
  }

  void schedule(TimerWheel.Entry entry, long deadlineNanos) {
    timers.schedule(entry, deadlineNanos);
    arm(clock.nanos());
  }

  void cancel(TimerWheel.Entry entry) {
    timers.cancel(entry);
    if (timers.isEmpty()) {
      disarm(); // an event loop that outlives the engine would keep this one until it rings
    }
  }

  private void arm(long nowNanos) {
    long delay = timers.nanosToNext(nowNanos);
    if (delay < 0 || (alarm != null && alarmNanos - (nowNanos + delay) <= 0)) {
      return;
    }
    disarm();
    alarmNanos = nowNanos + delay;
    alarm = eventLoop.schedule(this::onAlarm, delay, TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void onAlarm() {
    alarm = null;
    long now = clock.nanos();
    try {
      timers.advance(now);
      socket.flush();
    } finally {
      if (alarm == null) {
        arm(now);
      }
    }
  }
}
