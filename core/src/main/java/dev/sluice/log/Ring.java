package dev.sluice.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * One generation of a log's storage: payload bytes and, for each position, where its payload lies.
 *
 * <p>A reader may see a slot while the writer gives it to another packet. Whatever it reads is
 * checked against the array before use and thrown away unless {@link PacketLog#holds} afterwards
 * says that the position was still valid.
 */
public final class Ring {
  private static final int MARKER = 1 << 31;

  final ByteBuf buffer;
  final byte[] bytes;
  final int base;
  final int capacity;
  private final int slotMask;
  private final int[] start;
  private final int[] lengthAndMarker;
  private final int[] timestamp;
  private final long[] arrivalNanos;

  Ring(ByteBufAllocator allocator, int capacity, int slots) {
    buffer = allocator.heapBuffer(capacity, capacity);
    bytes = buffer.array();
    base = buffer.arrayOffset();
    this.capacity = capacity;
    slotMask = slots - 1;
    start = new int[slots];
    lengthAndMarker = new int[slots];
    timestamp = new int[slots];
    arrivalNanos = new long[slots];
  }

  int slots() {
    return slotMask + 1;
  }

  void put(long position, int at, int length, int rtpTimestamp, boolean marker, long nowNanos) {
    int slot = (int) position & slotMask;
    start[slot] = at;
    lengthAndMarker[slot] = marker ? length | MARKER : length;
    timestamp[slot] = rtpTimestamp;
    arrivalNanos[slot] = nowNanos;
  }

  /** {@return the array that holds the payloads} */
  public byte[] bytes() {
    return bytes;
  }

  /** {@return index in {@link #bytes()} of a packet's first payload byte} */
  public int start(long position) {
    return start[(int) position & slotMask];
  }

  /** {@return payload length in bytes; 0 for a sequence number that was left unused} */
  public int length(long position) {
    return lengthAndMarker[(int) position & slotMask] & ~MARKER;
  }

  /** {@return the RTP marker bit} */
  public boolean marker(long position) {
    return lengthAndMarker[(int) position & slotMask] < 0;
  }

  /** {@return RTP timestamp of the source} */
  public int timestamp(long position) {
    return timestamp[(int) position & slotMask];
  }

  /** {@return when the packet was appended, on the engine's clock in nanoseconds} */
  public long arrivalNanos(long position) {
    return arrivalNanos[(int) position & slotMask];
  }

  /**
   * {@return whether a payload lies within this ring; false only for a slot that is being
   * overwritten}
   */
  public boolean contains(int at, int length) {
    return at >= base && length <= base + capacity - at;
  }
}
