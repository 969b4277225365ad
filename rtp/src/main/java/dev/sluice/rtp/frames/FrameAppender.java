package dev.sluice.rtp.frames;

import dev.sluice.rtp.PayloadWriter;
import io.netty.buffer.ByteBuf;

/**
 * Appends the packets of one frame after the other: shows where something is missing, and declares
 * a keyframe once its first packet is there.
 */
public final class FrameAppender {

  private static final int MIN_PAYLOAD = 32;
  private static final int MAX_PAYLOAD = 65_535;

  private final PayloadWriter out;
  private final int maxPayload;
  private final Count malformed = new Count();

  private boolean lost;
  private boolean open;
  private boolean keyframe;
  private long start;
  private int timestamp;

  /**
   * Makes an appender.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public FrameAppender(PayloadWriter out, int maxPayload) {
    if (maxPayload < MIN_PAYLOAD || maxPayload > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "maxPayload is " + maxPayload + ", not " + MIN_PAYLOAD + " to " + MAX_PAYLOAD + " bytes");
    }
    this.out = out;
    this.maxPayload = maxPayload;
  }

  /** {@return size limit of the payloads, in bytes} */
  public int maxPayload() {
    return maxPayload;
  }

  /** Something is missing before what comes next. A packet that is open is dropped. */
  public void lose() {
    if (open) {
      open = false;
      out.discard();
    }
    lost = true;
    keyframe = false;
  }

  /** Counts a payload or a frame that is malformed, and is missing therefore. */
  public void drop() {
    malformed.increment();
    lose();
  }

  /** {@return how many were malformed; any thread} */
  public long malformed() {
    return malformed.get();
  }

  /**
   * Begins a frame.
   *
   * @param frameTimestamp of its packets
   */
  public void begin(int frameTimestamp) {
    timestamp = frameTimestamp;
    keyframe = false;
    showLoss();
    start = out.position();
  }

  /** Every decoder can start at the frame that has begun. */
  public void keyframe() {
    keyframe = true;
  }

  /**
   * Says what the frame that has begun is to others.
   *
   * @param marks of {@link dev.sluice.rtp.PictureMarks}
   */
  public void mark(int marks) {
    showLoss();
    out.mark(start, marks);
  }

  /**
   * Opens a packet.
   *
   * @param capacity its largest payload, in bytes
   */
  public void open(int capacity) {
    showLoss();
    out.open(capacity);
    open = true;
  }

  /** {@return the array that holds the open packet} */
  public byte[] array() {
    return out.array();
  }

  /** {@return index of the open packet's first byte} */
  public int offset() {
    return out.offset();
  }

  /**
   * Appends the open packet.
   *
   * @param length in bytes
   * @param marker whether it is the last one of its frame
   */
  public void commit(int length, boolean marker) {
    out.commit(length, timestamp, marker);
    open = false;
    if (keyframe) {
      keyframe = false;
      out.keyframe(start);
    }
  }

  /**
   * Appends a payload as it is.
   *
   * @param buf holds it
   * @param offset its index
   * @param length in bytes
   * @param marker as for {@link #commit}
   */
  public void pass(ByteBuf buf, int offset, int length, boolean marker) {
    open(length);
    buf.getBytes(offset, out.array(), out.offset(), length);
    commit(length, marker);
  }

  private void showLoss() {
    if (lost) {
      lost = false;
      out.skip(1);
      start = out.position();
    }
  }
}
