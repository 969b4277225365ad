package dev.sluice.srtp.dtls;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The flight that is being sent or was sent last. Packs its records into datagrams, as many as fit,
 * and numbers those of epoch 0, each time they are sent anew (RFC 6347, section 4.1). Records of
 * epoch 1 are sealed with their number in them and go out as they are.
 *
 * <p>As long as nobody vouches for the address that the peer's datagrams come from, a flight is
 * repeated only within three times of what has come (as RFC 9000, section 8.1, has it for QUIC): a
 * forged address is then no more worth than what it costs to forge.
 */
final class Outbound {
  /** Time that passes at least before a flight is sent again, however often the peer asks. */
  private static final long LEAST_RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int MAX_AMPLIFICATION = 3;
  private static final int MAX_REPEATS = 16;

  private List<byte[]> flight = List.of();
  private int next;
  private long sequence;
  private long sentAt;
  private long resent;
  private long bytesIn;
  private long bytesOut;
  private boolean addressProved;
  private boolean withheld;

  /** Counts a datagram of the peer. */
  void received(int length) {
    bytesIn += length;
  }

  /** The peer has shown that it receives where this is sent to, or not yet. */
  void addressProved(long now, boolean proved) {
    addressProved = proved;
    if (withheld) {
      repeat(now);
    }
  }

  /** Whether nothing but the proof of its address keeps the flight from being sent again. */
  boolean isProofWanted() {
    return withheld;
  }

  /** Replaces the flight; what was not polled of the former one is dropped. */
  void send(long now, List<byte[]> records) {
    flight = records;
    next = 0;
    sentAt = now;
    withheld = false;
  }

  /** Sends the same flight again, unless that was only just done or would be too much. */
  void repeat(long now) {
    boolean allowed = addressProved || isCovered();
    withheld = resent < MAX_REPEATS && !allowed;
    if (resent < MAX_REPEATS && allowed) {
      repeatToProved(now);
    }
  }

  /** Sends the same flight again to a peer that is authentic, unless that was only just done. */
  void repeatToProved(long now) {
    if (now - sentAt < LEAST_RESEND_NANOS) {
      return;
    }
    next = 0;
    sentAt = now;
    resent++;
  }

  private boolean isCovered() {
    int length = flight.stream().mapToInt(record -> record.length).sum();
    return bytesOut + length <= MAX_AMPLIFICATION * bytesIn;
  }

  /** Returns how often a flight was sent again. */
  long resent() {
    return resent;
  }

  /** Writes the next datagram into {@code out}, at most {@code limit} bytes; returns its length. */
  int poll(byte[] out, int limit) {
    int length = 0;
    while (next < flight.size() && length + flight.get(next).length <= limit) {
      byte[] record = flight.get(next++);
      System.arraycopy(record, 0, out, length, record.length);
      if (DtlsRecord.epoch(record, 0) == 0) {
        DtlsRecord.sequence(out, length, sequence++);
      }
      length += record.length;
    }
    bytesOut += length;
    return length;
  }
}
