package dev.sluice.webrtc;

import dev.sluice.ice.Stun;
import dev.sluice.loop.Counter;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.Handover;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The way of received datagrams to the sessions that they belong to, whatever loop those live on.
 */
final class PeerInbound {
  private static final int MAX_HANDED_OVER = 4_096;

  private final PeerLoop loop;
  private final PeerDirectory directory;
  private final EngineClock clock;
  private final byte[] buffer = new byte[PeerLoop.MAX_DATAGRAM];
  private final AtomicInteger handedOver = new AtomicInteger();
  private final Counter received = new Counter();
  private final Counter unknownSender = new Counter();
  private final Counter oversized = new Counter();
  private final LongAdder notHandedOver = new LongAdder();

  PeerInbound(PeerLoop loop, PeerDirectory directory, EngineClock clock) {
    this.loop = loop;
    this.directory = directory;
    this.clock = clock;
  }

  /** datagrams that came in; any thread */
  long received() {
    return received.get();
  }

  /** dropped: no session has this address or user-name fragment; any thread */
  long unknownSender() {
    return unknownSender.get();
  }

  /** dropped: too large, or too many to hand over; any thread */
  long dropped() {
    return oversized.get() + notHandedOver.sum();
  }

  void receive(ByteBuf content, InetSocketAddress from) {
    received.increment();
    int length = content.readableBytes();
    if (length == 0 || length > PeerLoop.MAX_DATAGRAM) {
      oversized.increment();
      return;
    }
    if (from.getPort() == 0) {
      unknownSender.increment(); // forged: nothing can be sent back
      return;
    }
    content.readBytes(buffer, 0, length);
    Peer session = sessionOf(length, from);
    if (session == null) {
      unknownSender.increment();
    } else {
      deliver(session, buffer, length, from, loop);
    }
  }

  private @Nullable Peer sessionOf(int length, InetSocketAddress from) {
    if (Stun.isStun(buffer[0])) {
      String ufrag = Stun.localUfrag(buffer, 0, length);
      if (ufrag != null) {
        return directory.byUfrag(ufrag);
      }
    }
    return PeerHandshake.isPlain(buffer, length)
        ? directory.handshaking(from)
        : directory.byAddress(from);
  }

  private void deliver(
      Peer session, byte[] datagram, int length, InetSocketAddress from, PeerLoop cameTo) {
    if (session.loop() == loop && !session.movesTo(cameTo)) {
      offer(session, datagram, length, from, cameTo);
    } else {
      session.loop().handOver(session, Arrays.copyOf(datagram, length), from, cameTo);
    }
  }

  /** where several sessions are at one address, the next one gets what is not this one's */
  private void offer(
      Peer session, byte[] datagram, int length, InetSocketAddress from, PeerLoop cameTo) {
    Peer next = directory.after(session, from);
    byte[] intact = next == null ? datagram : Arrays.copyOf(datagram, length);
    boolean taken = session.receive(clock.nanos(), datagram, length, from);
    if (!taken && next != null) {
      deliver(next, intact, length, from, cameTo);
    }
  }

  /** a session of this loop gets what came to another one; any thread */
  void handOver(Peer session, byte[] datagram, InetSocketAddress from, PeerLoop cameTo) {
    if (handedOver.incrementAndGet() > MAX_HANDED_OVER) {
      handedOver.decrementAndGet();
      notHandedOver.increment();
      return;
    }
    boolean taken =
        Handover.offer(
            loop.eventLoop(),
            () -> {
              handedOver.decrementAndGet();
              deliver(session, datagram, datagram.length, from, cameTo);
              loop.endRead();
            });
    if (!taken) {
      handedOver.decrementAndGet();
      notHandedOver.increment();
    }
  }
}
