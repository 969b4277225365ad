package dev.sluice.webrtc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What comes right behind the peer's last flight of DTLS, before the keys were computed from it:
 * most often the keyframe that a stream begins with.
 */
final class EarlyMedia {
  private static final int MAX_DATAGRAMS = 256;

  private final List<byte[]> held = new ArrayList<>();

  /** Keeps a copy of a datagram; returns false where there are too many. */
  boolean hold(byte[] datagram, int length) {
    return held.size() < MAX_DATAGRAMS && held.add(Arrays.copyOf(datagram, length));
  }

  /** Gives away what is kept, in the order in which it came. */
  void release(Consumer<byte[]> media) {
    List<byte[]> released = List.copyOf(held);
    held.clear();
    released.forEach(media);
  }
}
