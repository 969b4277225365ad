package dev.sluice.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The receiving halves of the cryptographic contexts of RFC 3711, section 3.2, for SRTP and SRTCP
 * alike: one for each SSRC that has sent an authentic packet, and no more than a fixed number.
 */
final class InboundStreams {

  private static final int MIN_WINDOW_SIZE = 64;
  private static final int MAX_WINDOW_SIZE = 1 << 15;
  private static final ReplayWindow[] NONE = {};

  private final SrtpTransform transform;
  private final int windowSize;
  private final int maxSsrcs;
  private ReplayWindow[] windows = NONE;

  InboundStreams(SrtpTransform transform, int windowSize, int maxSsrcs) {
    if (windowSize < MIN_WINDOW_SIZE || windowSize > MAX_WINDOW_SIZE) {
      throw new IllegalArgumentException("windowSize must be 64 to 32768, not " + windowSize);
    }
    if (maxSsrcs < 1) {
      throw new IllegalArgumentException("maxSsrcs must be at least 1, not " + maxSsrcs);
    }
    this.transform = transform;
    this.windowSize = windowSize;
    this.maxSsrcs = maxSsrcs;
  }

  SrtpTransform transform() {
    return transform;
  }

  /** Finds what is known of an SSRC; null when it has sent nothing authentic yet. */
  @Nullable ReplayWindow find(int ssrc) {
    for (ReplayWindow window : windows) {
      if (window.ssrc() == ssrc) {
        return window;
      }
    }
    return null;
  }

  /**
   * Checks, authenticates and decrypts a packet in place. What is known of its SSRC changes only
   * when it is authentic.
   *
   * @param window what {@link #find} says of the SSRC
   * @return length without the overhead, or a negative {@link SrtpStatus}
   */
  int unprotect(
      @Nullable ReplayWindow window,
      int ssrc,
      long index,
      int word,
      byte[] packet,
      int offset,
      int length,
      int clearLength) {
    if (window == null) {
      if (windows.length == maxSsrcs) {
        return SrtpStatus.TOO_MANY_SSRCS;
      }
    } else if (!window.isNew(index)) {
      return SrtpStatus.REPLAYED;
    }
    if (!transform.unprotect(ssrc, index, word, packet, offset, length, clearLength)) {
      return SrtpStatus.AUTHENTICATION_FAILED;
    }
    if (window == null) {
      add(new ReplayWindow(ssrc, windowSize, index));
    } else {
      window.record(index);
    }
    return length - transform.overhead();
  }

  private void add(ReplayWindow window) {
    windows = Arrays.copyOf(windows, windows.length + 1);
    windows[windows.length - 1] = window;
  }
}
