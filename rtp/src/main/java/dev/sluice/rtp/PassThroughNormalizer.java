package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Passes payloads on as they are, for payload formats in which every packet can be decoded on its
 * own, such as Opus (RFC 7587).
 *
 * <p>Used by one thread at a time.
 */
public final class PassThroughNormalizer {

  private final PayloadWriter out;
  private final int maxPayload;
  private boolean lost;
  private long empty;
  private long oversized;

  /**
   * Creates a normalizer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, at least 1
   */
  public PassThroughNormalizer(PayloadWriter out, int maxPayload) {
    if (maxPayload < 1) {
      throw new IllegalArgumentException("maxPayload must be at least 1: " + maxPayload);
    }
    this.out = out;
    this.maxPayload = maxPayload;
  }

  /**
   * Takes the next RTP payload in sequence order. One that is empty or too large is dropped. Where
   * something was lost or too large, a sequence number is left out, so that viewers see the loss.
   *
   * @param buf holds the payload; borrowed until the call returns, its indices are left alone
   * @param offset absolute index of the payload
   * @param length payload length in bytes, without RTP padding
   * @param timestamp RTP timestamp, in ticks of the payload's clock
   * @param marker the RTP marker bit
   * @param lostBefore whether packets are missing between this one and the one before
   */
  public void accept(
      ByteBuf buf, int offset, int length, int timestamp, boolean marker, boolean lostBefore) {
    lost |= lostBefore;
    if (length == 0) {
      empty++;
    } else if (length > maxPayload) {
      oversized++;
      lost = true;
    } else {
      write(buf, offset, length, timestamp, marker);
    }
  }

  private void write(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    if (lost) {
      out.skip(1);
      lost = false;
    }
    out.open(length);
    buf.getBytes(offset, out.array(), out.offset(), length);
    out.commit(length, timestamp, marker);
  }

  /** {@return how many payloads were dropped because they were empty, as those of padding are} */
  public long empty() {
    return empty;
  }

  /** {@return how many payloads were dropped because they were too large} */
  public long oversized() {
    return oversized;
  }
}
