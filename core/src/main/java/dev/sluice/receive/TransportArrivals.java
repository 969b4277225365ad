package dev.sluice.receive;

import dev.sluice.rtcp.TransportFeedback;
import dev.sluice.rtcp.TransportFeedbackWriter;
import dev.sluice.rtp.SerialNumbers;
import java.util.Arrays;

/**
 * When the packets of a transport came, by their transport-wide sequence numbers, until the peer is
 * told (draft-holmer-rmcat-transport-wide-cc-extensions-01). A packet that comes after one with a
 * higher number was told of is told of anew, together with those behind it.
 *
 * <p>Constant in memory, without allocation; used by one thread at a time.
 */
public final class TransportArrivals {
  private static final int SIZE = 1_024;

  private final long[] arrivals = new long[SIZE];
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private int messages;
  private boolean started;
  private long first;
  private long next;

  /** Makes a memory of no packet. */
  public TransportArrivals() {}

  /**
   * Notes a packet.
   *
   * @param sequenceNumber transport-wide, 0 to 65535
   * @param nowNanos when it came
   */
  public void onPacket(int sequenceNumber, long nowNanos) {
    int ahead = started ? SerialNumbers.sequenceDistance((int) next, sequenceNumber) : 0;
    if (!started || ahead < -SIZE) {
      begin(sequenceNumber);
      ahead = 0;
    }
    long number = next + ahead;
    if (ahead >= 0) {
      advance(number);
    }
    first = Math.min(first, number);
    arrivals[slot(number)] = nowNanos;
  }

  private void begin(int sequenceNumber) {
    Arrays.fill(arrivals, TransportFeedback.NOT_RECEIVED);
    started = true;
    first = sequenceNumber;
    next = sequenceNumber;
  }

  private void advance(long number) {
    for (long skipped = Math.max(next, number - SIZE + 1); skipped < number; skipped++) {
      arrivals[slot(skipped)] = TransportFeedback.NOT_RECEIVED;
    }
    next = number + 1;
    first = Math.max(first, next - SIZE);
  }

  /** {@return whether there is something to tell} */
  public boolean hasNews() {
    return first < next;
  }

  /**
   * Writes one feedback message about what has not been told, or the first part of it.
   *
   * @param buffer receives it
   * @param offset of the message
   * @param capacity the longest it may become, at least {@link
   *     TransportFeedbackWriter#MIN_CAPACITY}
   * @param senderSsrc of the side that tells
   * @param mediaSsrc one of the sources that it is about
   * @return the length of the message in bytes
   */
  public int write(byte[] buffer, int offset, int capacity, int senderSsrc, int mediaSsrc) {
    writer.wrap(buffer, offset, capacity, senderSsrc, mediaSsrc, messages++, (int) first);
    while (first < next && add(first)) {
      first++;
    }
    return writer.finish();
  }

  private boolean add(long number) {
    long arrival = arrivals[slot(number)];
    return arrival == TransportFeedback.NOT_RECEIVED || writer.add((int) number, arrival);
  }

  private static int slot(long number) {
    return (int) Math.floorMod(number, (long) SIZE);
  }
}
