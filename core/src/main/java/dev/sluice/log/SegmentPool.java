package dev.sluice.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Blocks of payload bytes that the logs of one engine take and give back: what one has no use for
 * any more another can take. It belongs to no thread and so leaves nothing behind on any.
 *
 * <p>Safe for any thread. A log in the steady state does not come here: it uses its own segments
 * again.
 */
public final class SegmentPool {
  private final int mostIdleBytes;
  private final Map<Integer, ArrayDeque<byte[]>> idle = new HashMap<>();
  private int idleBytes;
  private long usedBytes;
  private boolean closed;

  /**
   * Makes an empty pool.
   *
   * @param mostIdleBytes how much may wait to be taken again; 0 for a pool that keeps nothing
   */
  public SegmentPool(int mostIdleBytes) {
    this.mostIdleBytes = mostIdleBytes;
  }

  /**
   * Takes a segment; its content is of no meaning.
   *
   * @param bytes its size
   */
  synchronized byte[] take(int bytes) {
    ArrayDeque<byte[]> waiting = idle.get(bytes);
    byte[] segment = waiting == null ? null : waiting.poll();
    if (segment == null) {
      segment = new byte[bytes];
    } else {
      idleBytes -= bytes;
    }
    usedBytes += bytes;
    return segment;
  }

  /** Gives a segment back; readers of the log may look at it still, but believe none of it. */
  synchronized void give(byte[] segment) {
    usedBytes -= segment.length;
    if (!closed && idleBytes + segment.length <= mostIdleBytes) {
      idle.computeIfAbsent(segment.length, size -> new ArrayDeque<>()).push(segment);
      idleBytes += segment.length;
    }
  }

  /** Lets go of what waits, and of what is given back later. */
  public synchronized void close() {
    closed = true;
    idle.clear();
    idleBytes = 0;
  }

  /** {@return bytes of all segments that are taken} */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  /** {@return bytes of all segments that wait to be taken} */
  public synchronized int idleBytes() {
    return idleBytes;
  }
}
