package dev.sluice.engine;

import dev.sluice.LimitExceededException;
import dev.sluice.SessionOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is in, up to the configured number. Those that have not connected yet are limited on their
 * own, and where there is no room the oldest of them gives way: offers that nobody follows up keep
 * nobody out for long. Safe for any thread.
 *
 * @param <P> who comes
 */
final class Admission<P> {
  private final SessionOptions limits;
  private final Map<String, P> connecting = new LinkedHashMap<>();
  private final Map<String, P> connected = new HashMap<>();

  Admission(SessionOptions limits) {
    this.limits = limits;
  }

  /** throws {@link LimitExceededException} where nobody can give way */
  synchronized void requireRoom() {
    if (connected.size() >= limits.maxViewers()) {
      throw new LimitExceededException(
          limits.maxViewers() + " peers are connected; raise session.maxViewers to allow more");
    }
  }

  /** lets one in that has not connected yet, and returns who had to give way */
  synchronized @Nullable P enter(String id, P peer) {
    requireRoom();
    boolean full =
        connecting.size() >= limits.maxConnecting()
            || connecting.size() + connected.size() >= limits.maxViewers();
    P oldest = full ? removeOldest() : null;
    connecting.put(id, peer);
    return oldest;
  }

  private P removeOldest() {
    Iterator<P> oldestFirst = connecting.values().iterator();
    P oldest = oldestFirst.next();
    oldestFirst.remove();
    return oldest;
  }

  /** one that is still in has connected, and gives way no more */
  synchronized void connected(String id) {
    P peer = connecting.remove(id);
    if (peer != null) {
      connected.put(id, peer);
    }
  }

  synchronized void leave(String id) {
    connecting.remove(id);
    connected.remove(id);
  }

  synchronized @Nullable P find(String id) {
    P peer = connected.get(id);
    return peer == null ? connecting.get(id) : peer;
  }

  /** how many of a kind are in */
  synchronized int count(Class<? extends P> kind) {
    int count = 0;
    for (P peer : connecting.values()) {
      count += kind.isInstance(peer) ? 1 : 0;
    }
    for (P peer : connected.values()) {
      count += kind.isInstance(peer) ? 1 : 0;
    }
    return count;
  }

  synchronized Collection<P> all() {
    List<P> all = new ArrayList<>(connecting.values());
    all.addAll(connected.values());
    return all;
  }
}
