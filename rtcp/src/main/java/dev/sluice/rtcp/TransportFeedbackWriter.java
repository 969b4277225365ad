package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.SerialNumbers;
import java.util.Objects;

/**
 * Writes {@link TransportFeedback} into the caller's array, packet by packet.
 *
 * <pre>{@code
 * writer.wrap(buffer, offset, capacity, senderSsrc, mediaSsrc, feedbackCount, firstSequenceNumber);
 * while (more && writer.add(sequenceNumber, arrivalNanos)) { ... }
 * int length = writer.finish();
 * }</pre>
 *
 * <p>Reusable, and without allocation after construction.
 */
public final class TransportFeedbackWriter {
  /** smallest capacity in bytes; the first packet always fits into it */
  public static final int MIN_CAPACITY = 40;

  private static final int MAX_STATUS_COUNT = 0xFFFF;
  private static final int MAX_SMALL_DELTA = 0xFF;

  private final StatusChunkEncoder chunks = new StatusChunkEncoder();
  private byte[] buffer = {};
  private int offset;
  private int end;
  private int deltasStart;
  private int statusCount;
  private int nextSequenceNumber;
  private boolean hasReference;
  private long lastTicks;

  /** Creates a writer without a message. */
  public TransportFeedbackWriter() {}

  /**
   * Starts a message.
   *
   * @param buffer receives the message; borrowed until {@link #finish}
   * @param offset of the message
   * @param capacity the longest the message may become, in bytes, at least {@link #MIN_CAPACITY};
   *     all of it may be written to
   * @param senderSsrc SSRC of the receiver that reports
   * @param mediaSsrc SSRC of one of the streams reported on
   * @param feedbackCount number of messages sent before; its lower 8 bits are written
   * @param baseSequenceNumber transport-wide sequence number of the first packet to tell of,
   *     received or not; its lower 16 bits count
   */
  public void wrap(
      byte[] buffer,
      int offset,
      int capacity,
      int senderSsrc,
      int mediaSsrc,
      int feedbackCount,
      int baseSequenceNumber) {
    Objects.checkFromIndexSize(offset, capacity, buffer.length);
    if (capacity < MIN_CAPACITY) {
      throw new IllegalArgumentException("capacity is below 40 bytes: " + capacity);
    }
    this.buffer = buffer;
    this.offset = offset;
    end = offset + Math.min(capacity & ~3, RtcpHeader.MAX_LENGTH);
    deltasStart = end;
    chunks.wrap(buffer, offset + TransportFeedback.CHUNKS_OFFSET);
    statusCount = 0;
    nextSequenceNumber = baseSequenceNumber;
    hasReference = false;
    FeedbackHeader.write(
        buffer,
        offset,
        TransportFeedback.FMT,
        RtcpHeader.RTPFB,
        TransportFeedback.CHUNKS_OFFSET,
        senderSsrc,
        mediaSsrc);
    BigEndian.putShort(
        buffer, offset + TransportFeedback.BASE_SEQUENCE_NUMBER_OFFSET, baseSequenceNumber);
    BigEndian.putInt(
        buffer, offset + TransportFeedback.REFERENCE_TIME_OFFSET, feedbackCount & 0xFF);
  }

  /**
   * Adds a packet that has arrived. Those between it and the one added before, or the base sequence
   * number, count as not received.
   *
   * @param sequenceNumber transport-wide sequence number, after those added before; its lower 16
   *     bits count
   * @param arrivalNanos when it arrived, by any clock that is the same for all messages
   * @return false, and nothing is added, when it does not fit into this message: no room is left or
   *     the arrival is 8 s or more away from the one before; finish this message and start another
   */
  public boolean add(int sequenceNumber, long arrivalNanos) {
    int lost = SerialNumbers.sequenceDistance(nextSequenceNumber, sequenceNumber);
    if (lost < 0) {
      throw new IllegalArgumentException("not after the packet before: " + sequenceNumber);
    }
    long ticks = Math.floorDiv(arrivalNanos, TransportFeedback.TICK_NANOS);
    long delta =
        hasReference ? ticks - lastTicks : ticks & TransportFeedback.TICKS_PER_REFERENCE - 1;
    if ((short) delta != delta || !hasRoom(lost)) {
      return false;
    }
    if (!hasReference) {
      putReferenceTime(ticks);
    }
    for (int i = 0; i < lost; i++) {
      chunks.add(StatusChunk.NOT_RECEIVED);
    }
    addDelta((int) delta);
    lastTicks = ticks;
    statusCount += lost + 1;
    nextSequenceNumber = sequenceNumber + 1;
    return true;
  }

  /**
   * Completes the message.
   *
   * @return the length of the message in bytes
   */
  public int finish() {
    if (statusCount == 0) {
      throw new IllegalStateException("no packet was added");
    }
    chunks.finish();
    int deltas = offset + TransportFeedback.CHUNKS_OFFSET + chunks.length();
    int deltasLength = end - deltasStart;
    reverse(deltasStart, end);
    System.arraycopy(buffer, deltasStart, buffer, deltas, deltasLength);
    int unpadded = deltas + deltasLength - offset;
    int length = RtcpHeader.align(unpadded);
    for (int i = unpadded; i < length; i++) {
      buffer[offset + i] = 0;
    }
    BigEndian.putShort(buffer, offset + TransportFeedback.STATUS_COUNT_OFFSET, statusCount);
    RtcpHeader.write(buffer, offset, TransportFeedback.FMT, RtcpHeader.RTPFB, length);
    statusCount = 0;
    return length;
  }

  private boolean hasRoom(int lost) {
    int chunksEnd =
        offset
            + TransportFeedback.CHUNKS_OFFSET
            + chunks.length()
            + StatusChunkEncoder.maxGrowth(lost);
    return chunksEnd + StatusChunk.LARGE_DELTA <= deltasStart
        && statusCount + lost < MAX_STATUS_COUNT;
  }

  private void putReferenceTime(long ticks) {
    hasReference = true;
    long reference = Math.floorDiv(ticks, TransportFeedback.TICKS_PER_REFERENCE);
    int at = offset + TransportFeedback.REFERENCE_TIME_OFFSET;
    BigEndian.putInt(buffer, at, (int) reference << 8 | BigEndian.getInt(buffer, at));
  }

  /** chunks grow up from the header, deltas down from the end in reverse order, until finish */
  private void addDelta(int delta) {
    if (delta >= 0 && delta <= MAX_SMALL_DELTA) {
      chunks.add(StatusChunk.SMALL_DELTA);
    } else {
      chunks.add(StatusChunk.LARGE_DELTA);
      buffer[--deltasStart] = (byte) (delta >> 8);
    }
    buffer[--deltasStart] = (byte) delta;
  }

  private void reverse(int from, int to) {
    for (int i = from, j = to - 1; i < j; i++, j--) {
      byte swapped = buffer[i];
      buffer[i] = buffer[j];
      buffer[j] = swapped;
    }
  }
}
