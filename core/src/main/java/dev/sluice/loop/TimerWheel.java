package dev.sluice.loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deadlines of many entries at constant cost each: a hashed wheel of intrusive lists. No entry is
 * looked at before its slot comes round, and nothing is allocated.
 *
 * <p>Sans-IO: the owner calls {@link #advance} with the time. Deadlines are kept to the resolution
 * of one tick and never fire early. An entry that throws keeps no other from its deadline.
 */
public final class TimerWheel {
  private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);

  /** Something with at most one deadline at a time. */
  public abstract static class Entry {
    private @Nullable Entry previous;
    private @Nullable Entry following;
    private int slot = -1;
    private long deadlineNanos;

    /**
     * The deadline passed. The entry is off the wheel and may be scheduled again.
     *
     * @param nowNanos the time given to {@link TimerWheel#advance}
     */
    protected abstract void onDeadline(long nowNanos);
  }

  private final long tickNanos;
  private final @Nullable Entry[] slots;
  private final int mask;
  private final int due;
  private long tick;
  private int size;

  /**
   * Makes a wheel.
   *
   * @param tickNanos resolution in nanoseconds
   * @param slotCount a power of two; deadlines further away than a turn wait for another turn
   * @param nowNanos the time
   */
  public TimerWheel(long tickNanos, int slotCount, long nowNanos) {
    this.tickNanos = tickNanos;
    slots = new Entry[slotCount + 1];
    mask = slotCount - 1;
    due = slotCount;
    tick = Math.floorDiv(nowNanos, tickNanos);
  }

  /**
   * Sets an entry's deadline, in place of the one it had.
   *
   * @param entry the entry
   * @param deadlineNanos when it is due; a time that has passed means at the next tick
   */
  public void schedule(Entry entry, long deadlineNanos) {
    cancel(entry);
    entry.deadlineNanos = deadlineNanos;
    long dueTick = -Math.floorDiv(-deadlineNanos, tickNanos);
    insert(entry, (int) Math.max(dueTick, tick + 1) & mask);
  }

  /**
   * Takes an entry off the wheel.
   *
   * @param entry the entry; one without a deadline is left alone
   */
  public void cancel(Entry entry) {
    if (entry.slot < 0) {
      return;
    }
    if (entry.previous == null) {
      slots[entry.slot] = entry.following;
    } else {
      entry.previous.following = entry.following;
    }
    if (entry.following != null) {
      entry.following.previous = entry.previous;
    }
    entry.previous = null;
    entry.following = null;
    entry.slot = -1;
    size--;
  }

  /**
   * Fires every entry whose deadline has passed.
   *
   * @param nowNanos the time
   */
  public void advance(long nowNanos) {
    long target = Math.floorDiv(nowNanos, tickNanos);
    long last = Math.min(target, tick + due);
    while (tick < last) {
      tick++;
      fire((int) tick & mask, nowNanos);
    }
    tick = Math.max(tick, target);
  }

  /** {@return whether no entry has a deadline} */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * How long the owner may sleep.
   *
   * @param nowNanos the time
   * @return nanoseconds until the next slot that holds an entry, or -1 when there is none
   */
  public long nanosToNext(long nowNanos) {
    if (size == 0) {
      return -1;
    }
    long candidate = tick + 1;
    while (slots[(int) candidate & mask] == null) {
      candidate++;
    }
    return Math.max(0, candidate * tickNanos - nowNanos);
  }

  private void fire(int slot, long nowNanos) {
    slots[due] = slots[slot];
    slots[slot] = null;
    for (Entry e = slots[due]; e != null; e = e.following) {
      e.slot = due;
    }
    for (Entry e = slots[due]; e != null; e = slots[due]) {
      cancel(e);
      if (e.deadlineNanos - nowNanos > 0) {
        insert(e, slot);
      } else {
        fire(e, nowNanos);
      }
    }
  }

  private static void fire(Entry entry, long nowNanos) {
    try {
      entry.onDeadline(nowNanos);
    } catch (Throwable e) {
      Failures.log(LOG, "a timer failed", e);
    }
  }

  private void insert(Entry entry, int slot) {
    Entry first = slots[slot];
    entry.slot = slot;
    entry.following = first;
    if (first != null) {
      first.previous = entry;
    }
    slots[slot] = entry;
    size++;
  }
}
