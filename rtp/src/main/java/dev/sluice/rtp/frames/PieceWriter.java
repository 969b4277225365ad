package dev.sluice.rtp.frames;

import io.netty.buffer.ByteBuf;

/**
 * Cuts bytes into packets while they arrive: they go from the input into the open packet of the
 * log, so every packet but the last has the full size. A packet is appended once a further byte has
 * come, since only then is it known not to be the last.
 */
public final class PieceWriter {

  /** What stands at the beginning of each packet. */
  public interface Header {

    /**
     * {@return its length in bytes, less than any payload's limit}
     *
     * @param first whether the packet is the first of the run
     */
    int length(boolean first);

    /**
     * Writes it.
     *
     * @param array holds the packet
     * @param offset of its first byte
     * @param first whether the packet is the first of the run
     * @param last whether it is the last
     */
    void write(byte[] array, int offset, boolean first, boolean last);
  }

  private final FrameAppender out;
  private final Header header;
  private boolean running;
  private boolean first;
  private int filled;

  /**
   * Makes a writer.
   *
   * @param out gets the packets
   * @param header of the packets
   */
  public PieceWriter(FrameAppender out, Header header) {
    this.out = out;
    this.header = header;
  }

  /** Begins a run of bytes. */
  public void begin() {
    running = true;
    first = true;
    filled = 0;
  }

  /** {@return whether a run has begun that has not ended} */
  public boolean isRunning() {
    return running;
  }

  /** Ends the run, whose open packet was dropped. */
  public void abandon() {
    running = false;
  }

  /**
   * Writes the next bytes of the run.
   *
   * @param buf holds them
   * @param offset index of the first
   * @param length how many
   */
  public void append(ByteBuf buf, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (filled == out.maxPayload()) {
        commit(false, false);
      }
      if (filled == 0) {
        out.open(out.maxPayload());
        filled = header.length(first);
      }
      int count = Math.min(end - from, out.maxPayload() - filled);
      buf.getBytes(from, out.array(), out.offset() + filled, count);
      filled += count;
      from += count;
    }
  }

  /**
   * Ends the run.
   *
   * @param marker whether its last packet is the last of the frame
   */
  public void end(boolean marker) {
    running = false;
    if (filled > 0) {
      commit(true, marker);
    }
  }

  private void commit(boolean last, boolean marker) {
    header.write(out.array(), out.offset(), first, last);
    out.commit(filled, marker);
    first = false;
    filled = 0;
  }
}
