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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The viewers of one track on one event loop. However much was published since it last ran, waking
 * it costs one task, and one run serves all its viewers.
 */
public final class Fanout implements Runnable, TrackReaders {

  /** so many packets at once are a publisher's backlog: each viewer decides where to go on in it */
  private static final int LARGEST_LIVE_BACKLOG = 1_000;

  private final Track track;
  private final Executor loop;
  private final Egress egress;
  private final Pacer pacer;
  private final LongSupplier clock;
  private final Burst burst = new Burst();
  private final List<TrackSender> senders = new ArrayList<>();

  /** who has more to get without more news: a link that is slow is nobody else's work */
  private final List<TrackSender> unfinished = new ArrayList<>();

  private final Runnable paced = this::runPaced;
  private boolean everybody;
  private final AtomicBoolean pending = new AtomicBoolean();
  private @Nullable ParityBlocks parities;
  private Source source = new Source(null, null);
  private long edge;

  /**
   * Makes a fan-out without viewers.
   *
   * @param track what is read
   * @param loop runs this fan-out
   * @param egress the loop's way out
   * @param pacer the loop's, for what is not to be sent at once
   * @param clock the engine's, in nanoseconds
   */
  public Fanout(Track track, Executor loop, Egress egress, Pacer pacer, LongSupplier clock) {
    this.track = track;
    this.loop = loop;
    this.egress = egress;
    this.pacer = pacer;
    this.clock = clock;
  }

  @Override
  public void wake() {
    if (!pending.get() && pending.compareAndSet(false, true) && !Handover.offer(loop, this)) {
      pending.set(false);
    }
  }

  /** Has this fan-out run a moment later, for all its viewers; on the event loop. */
  public void wakeLater() {
    everybody = true;
    pacer.again(this);
  }

  /** a moment has passed; on the event loop */
  void goOn() {
    if (!pending.get()) {
      Handover.offer(loop, paced);
    }
  }

  @Override
  public void readToEnd(Runnable then) {
    boolean taken =
        Handover.offer(
            loop,
            () -> {
              try {
                read(true);
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
    if (read(false)) {
      pacer.again(this);
    }
  }

  private void runPaced() {
    PacketLog log = source.log();
    boolean news = source.next() != null || log == null || edge < log.tail();
    if (everybody || news) {
      run();
    } else if (sendUnfinished(log, clock.getAsLong())) {
      pacer.again(this);
    }
  }

  private boolean sendUnfinished(PacketLog log, long now) {
    for (int i = unfinished.size() - 1; i >= 0; i--) {
      TrackSender sender = unfinished.get(i);
      if (!send(sender, log, false, now)) {
        unfinished.remove(sender);
      }
    }
    egress.flush();
    return !unfinished.isEmpty();
  }

  /** each source to its end, then the next; returns whether more is to be sent without more news */
  private boolean read(boolean toEnd) {
    long now = clock.getAsLong();
    Source next = source.next(); // asked first: what it ends is published by then
    boolean more = sendFrom(source.log(), toEnd || next != null, now);
    while (next != null) {
      follow(next, now);
      next = source.next();
      more = sendFrom(source.log(), toEnd || next != null, now);
    }
    egress.flush();
    return more;
  }

  private void follow(Source next, long now) {
    source = next;
    parities = null;
    PacketLog log = next.log();
    if (log != null) {
      edge = log.tail();
      senders.forEach(sender -> sender.attach(log, now));
    }
  }

  private boolean sendFrom(@Nullable PacketLog log, boolean toEnd, long now) {
    if (log == null) {
      return false;
    }
    long tail = log.tail();
    edge = toEnd ? tail : edgeBefore(tail, now);
    everybody = false;
    unfinished.clear();
    for (int i = senders.size() - 1; i >= 0; i--) {
      TrackSender sender = senders.get(i);
      if (send(sender, log, toEnd, now)) {
        unfinished.add(sender);
      }
    }
    return edge < tail || !unfinished.isEmpty();
  }

  /** how far live viewers read now: a large keyframe is given to them in parts */
  private long edgeBefore(long tail, long now) {
    long backlog = tail - edge;
    return backlog > LARGEST_LIVE_BACKLOG ? tail : edge + burst.take(backlog, now);
  }

  /**
   * one viewer's failure, in a host's retransmission buffer for instance, ends that viewer alone
   */
  private boolean send(TrackSender sender, PacketLog log, boolean toEnd, long now) {
    try {
      if (toEnd) {
        sender.sendRest(egress, log, now);
        return false;
      }
      boolean more = sender.sendAvailable(egress, log, edge, now);
      FecSender fec = sender.fec();
      if (fec != null && fec.isNeeded()) {
        fec.follow(sender, parities(log), egress, now);
      }
      return more;
    } catch (Throwable e) {
      egress.discardRun();
      remove(sender);
      sender.failed(e);
      return false;
    }
  }

  /** what those viewers share that need it, up to where they may read now */
  private ParityBlocks parities(PacketLog log) {
    ParityBlocks present = parities;
    if (present == null) {
      present = new ParityBlocks(log, edge);
      parities = present;
    }
    present.advance(edge);
    return present;
  }

  /**
   * Adds a viewer; on the event loop.
   *
   * @param sender its cursor
   */
  public void add(TrackSender sender) {
    if (senders.isEmpty()) {
      source = track.add(this);
      edge = source.log() == null ? 0 : source.log().tail();
    } else if (source.next() != null) {
      read(false);
    }
    PacketLog log = source.log();
    senders.add(sender);
    if (log != null) {
      sender.attach(log, clock.getAsLong());
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
      unfinished.remove(sender);
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
