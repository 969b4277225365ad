package dev.sluice.srtp.dtls;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the handshakes that are under way keep in sum. Where that would be more than allowed, the
 * oldest are given up: a genuine one takes a few round trips, so the oldest are the least likely to
 * come to anything. Safe for use by several threads.
 */
final class PendingHandshakes {
  private final long limit;
  private final Map<Handshake, Integer> held = new LinkedHashMap<>(); // the oldest first
  private long sum;
  private long evicted;

  PendingHandshakes(long limit) {
    this.limit = limit;
  }

  /** Takes note of how many bytes a handshake keeps now, and gives up the oldest if need be. */
  void hold(Handshake handshake, int bytes) {
    account(handshake, bytes).forEach(Handshake::evict);
  }

  private synchronized List<Handshake> account(Handshake handshake, int bytes) {
    Integer before = held.put(handshake, bytes);
    sum += bytes - (before == null ? 0 : before);
    List<Handshake> victims = new ArrayList<>(0);
    for (Iterator<Map.Entry<Handshake, Integer>> oldest = held.entrySet().iterator();
        sum > limit; ) {
      Map.Entry<Handshake, Integer> victim = oldest.next();
      oldest.remove();
      sum -= victim.getValue();
      evicted++;
      victims.add(victim.getKey());
    }
    return victims;
  }

  /** Forgets a handshake that is over. */
  synchronized void release(Handshake handshake) {
    Integer bytes = held.remove(handshake);
    sum -= bytes == null ? 0 : bytes;
  }

  /** Returns how many bytes are kept in sum. */
  synchronized long sum() {
    return sum;
  }

  /** Returns how many handshakes were given up. */
  synchronized long evicted() {
    return evicted;
  }
}
