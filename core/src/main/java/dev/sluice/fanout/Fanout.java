package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.loop.Handover;
import dev.sluice.stream.Source;
import dev.sluice.stream.Track;
import dev.sluice.stream.TrackReaders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The viewers of one track on one event loop. However much was published since it last ran, waking
 * it costs one task, and one run serves all its viewers.
 */
public final class Fanout implements Runnable, TrackReaders {
  private static final int PACKETS_A_TURN = 128;

  private final Track track;
  private final Executor loop;
  private final Egress egress;
  private final List<TrackSender> senders = new ArrayList<>();
  private final AtomicBoolean pending = new AtomicBoolean();
  private Source source = new Source(null, null);

  /**
   * Makes a fan-out without viewers.
   *
   * @param track what is read
   * @param loop runs this fan-out
   * @param egress the loop's way out
   */
  public Fanout(Track track, Executor loop, Egress egress) {
    this.track = track;
    this.loop = loop;
    this.egress = egress;
  }

  @Override
  public void wake() {
    if (!pending.get() && pending.compareAndSet(false, true) && !Handover.offer(loop, this)) {
      pending.set(false);
    }
  }

  @Override
  public void readToEnd(Runnable then) {
    boolean taken =
        Handover.offer(
            loop,
            () -> {
              try {
                read(Integer.MAX_VALUE);
              } finally {
                then.run();
              }
            });
    if (!taken) {
      then.run();
    }
  }

  @Override
  public void run() {
    pending.set(false);
    if (read(PACKETS_A_TURN) && egress.isWritable()) {
      wake();
    }
  }

  /** each source to its end, then the next; returns whether more is there than was allowed */
  private boolean read(int most) {
    Source next = source.next(); // asked first: what it ends is published by then
    boolean more = sendFrom(source.log(), most);
    while (!more && next != null) {
      follow(next);
      next = source.next();
      more = sendFrom(source.log(), most);
    }
    egress.flush();
    return more;
  }

  private void follow(Source next) {
    source = next;
    PacketLog log = next.log();
    if (log != null) {
      senders.forEach(sender -> sender.attach(log));
    }
  }

  private boolean sendFrom(@Nullable PacketLog log, int most) {
    boolean more = false;
    if (log != null) {
      for (int i = senders.size() - 1; i >= 0; i--) {
        more |= send(senders.get(i), log, most);
      }
    }
    return more;
  }

  /**
   * one viewer's failure, in a host's retransmission buffer for instance, ends that viewer alone
   */
  private boolean send(TrackSender sender, PacketLog log, int most) {
    try {
      return sender.sendAvailable(egress, log, most);
    } catch (Throwable e) {
      egress.discardRun();
      remove(sender);
      sender.failed(e);
      return false;
    }
  }

  /**
   * Adds a viewer; on the event loop.
   *
   * @param sender its cursor
   */
  public void add(TrackSender sender) {
    if (senders.isEmpty()) {
      source = track.add(this);
    } else {
      read(Integer.MAX_VALUE);
    }
    PacketLog log = source.log();
    senders.add(sender);
    if (log != null) {
      sender.attach(log);
    }
    wake();
  }

  /**
   * Takes a viewer out; on the event loop.
   *
   * @param sender its cursor
   */
  public void remove(TrackSender sender) {
    if (senders.remove(sender)) {
      sender.detach();
      if (senders.isEmpty()) {
        track.remove(this);
      }
    }
  }

  /** {@return whether it has no viewers; on the event loop} */
  public boolean isEmpty() {
    return senders.isEmpty();
  }
}
