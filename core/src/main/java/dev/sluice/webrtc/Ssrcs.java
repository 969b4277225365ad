package dev.sluice.webrtc;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random SSRCs, none of them twice in one session (RFC 3550, section 8). */
final class Ssrcs {
  private final RandomGenerator random;
  private final Set<Integer> taken = new HashSet<>(Set.of(0));

  Ssrcs(RandomGenerator random) {
    this.random = random;
  }

  int next() {
    int ssrc = random.nextInt();
    while (!taken.add(ssrc)) {
      ssrc = random.nextInt();
    }
    return ssrc;
  }
}
