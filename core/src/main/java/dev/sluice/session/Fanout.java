package dev.sluice.session;

import dev.sluice.log.PacketLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers of one track on one event loop. However much was published since it last ran, waking
 * it costs one task, and one run serves all its viewers.
 */
public final class Fanout implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);
  private static final int PACKETS_A_TURN = 128;

  private final Track track;
  private final Executor loop;
  private final Egress egress;
  private final List<TrackSender> senders = new ArrayList<>();
  private final AtomicBoolean pending = new AtomicBoolean();
  private @Nullable PacketLog log;

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

  /** Has this fan-out run soon; from any thread. */
  public void wake() {
    if (!pending.get() && pending.compareAndSet(false, true)) {
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    pending.set(false);
    followTrack();
    PacketLog current = log;
    if (current == null) {
      return;
    }
    boolean more = false;
    for (int i = senders.size() - 1; i >= 0; i--) {
      more |= send(senders.get(i), current);
    }
    egress.flush();
    if (more && egress.isWritable()) {
      wake();
    }
  }

  /** one viewer's failure, in a host's retransmission buffer for instance, is no other's */
  private boolean send(TrackSender sender, PacketLog current) {
    try {
      return sender.sendAvailable(egress, current, PACKETS_A_TURN);
    } catch (RuntimeException e) {
      LOG.error("a viewer gets nothing more of this track", e);
      egress.discardRun();
      remove(sender);
      return false;
    }
  }

  void add(TrackSender sender) {
    if (senders.isEmpty()) {
      track.add(this);
    }
    followTrack();
    senders.add(sender);
    if (log != null) {
      sender.attach(log);
    }
    wake();
  }

  void remove(TrackSender sender) {
    if (senders.remove(sender) && senders.isEmpty()) {
      track.remove(this);
    }
  }

  boolean isEmpty() {
    return senders.isEmpty();
  }

  private void followTrack() {
    PacketLog newest = track.log();
    if (newest != log) {
      log = newest;
      if (newest != null) {
        for (TrackSender sender : senders) {
          sender.attach(newest);
        }
      }
    }
  }
}
