package dev.sluice.fanout;

import dev.sluice.loop.Counter;

/** What a cursor has sent so far. Written on its event loop, read by any thread. */
public final class SentFigures {
  private final Counter packets = new Counter();
  private final Counter octets = new Counter();
  private final Counter resynchronisations = new Counter();
  private volatile long behindNanos;
  private boolean pictureSent;

  SentFigures() {}

  void sent(int payloadBytes) {
    packets.increment();
    octets.add(payloadBytes);
  }

  /** a picture, or a piece of sound, was sent whole; returns whether it is the first one */
  boolean endsFirstPicture() {
    boolean first = !pictureSent;
    pictureSent = true;
    return first;
  }

  void resynchronised() {
    resynchronisations.increment();
  }

  void behind(long nanos) {
    behindNanos = nanos;
  }

  /** {@return RTP packets, retransmissions left out} */
  public long packets() {
    return packets.get();
  }

  /** {@return payload bytes of those} */
  public long octets() {
    return octets.get();
  }

  /** {@return how often the viewer fell behind what the log holds and was moved to a keyframe} */
  public long resynchronisations() {
    return resynchronisations.get();
  }

  /** {@return how long ago what is sent next came from the publisher, 0 when live} */
  public long behindNanos() {
    return behindNanos;
  }
}
