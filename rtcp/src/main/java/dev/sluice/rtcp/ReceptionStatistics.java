package dev.sluice.rtcp;

import dev.sluice.rtp.SerialNumbers;

/**
 * What a receiver reports about one source: loss, extended highest sequence number and jitter (RFC
 * 3550 section 6.4.1 and appendices A.1, A.3 and A.8).
 *
 * <p>A source counts from the second of two packets in sequence on. When it jumps, and a second
 * packet follows in sequence, it has restarted and so do its statistics.
 *
 * <p>Constant in memory, without allocation; used by one thread at a time.
 */
public final class ReceptionStatistics {
  private static final int MIN_SEQUENTIAL = 2;
  private static final int NO_SEQUENCE_NUMBER = -1;
  private static final int MAX_FRACTION = 0xFF;

  private final int ssrc;
  private final InterarrivalJitter jitter;

  private int probation = MIN_SEQUENTIAL;
  private int expectedSequenceNumber = NO_SEQUENCE_NUMBER;
  private long firstSequenceNumber;
  private long highestSequenceNumber;
  private long received;

  private long expectedBefore;
  private long receivedBefore;
  private int fractionLost;

  private boolean hasSenderReport;
  private int lastSr;
  private long lastSrNanos;

  /**
   * Creates statistics of a source that has sent nothing yet.
   *
   * @param ssrc of the source
   * @param clockRate of its RTP timestamps, in Hz
   */
  public ReceptionStatistics(int ssrc, int clockRate) {
    if (clockRate <= 0) {
      throw new IllegalArgumentException("clock rate is not positive: " + clockRate);
    }
    this.ssrc = ssrc;
    jitter = new InterarrivalJitter(clockRate);
  }

  /**
   * Counts a packet.
   *
   * @param sequenceNumber of the packet, 0 to 65535
   * @param rtpTimestamp of the packet
   * @param nowNanos when it arrived
   * @return false when it is not counted, because the source is not in sequence (yet)
   */
  public boolean onPacket(int sequenceNumber, int rtpTimestamp, long nowNanos) {
    if (probation > 0 && !passesProbation(sequenceNumber)) {
      return false;
    }
    int distance = SerialNumbers.sequenceDistance((int) highestSequenceNumber, sequenceNumber);
    if (SerialNumbers.isJump(distance - 1)) {
      if (sequenceNumber != expectedSequenceNumber) {
        expectedSequenceNumber = SerialNumbers.addSequence(sequenceNumber, 1);
        return false;
      }
      start(sequenceNumber);
    } else if (distance > 0) {
      highestSequenceNumber += distance;
    }
    received++;
    jitter.onPacket(rtpTimestamp, nowNanos);
    return true;
  }

  /**
   * Notes a sender report of the source, for LSR and DLSR.
   *
   * @param ntpTimestamp of the sender report
   * @param nowNanos when it arrived
   */
  public void onSenderReport(long ntpTimestamp, long nowNanos) {
    hasSenderReport = true;
    lastSr = NtpTime.compact(ntpTimestamp);
    lastSrNanos = nowNanos;
  }

  /** {@return whether packets were counted since the last report block, so that one is due} */
  public boolean isReportable() {
    return received != receivedBefore;
  }

  /**
   * Writes a {@link ReportBlock} and begins the next interval of the fraction lost.
   *
   * @param buffer receives {@link ReportBlock#LENGTH} bytes
   * @param offset of the block
   * @param nowNanos when the report is sent
   */
  public void writeReportBlock(byte[] buffer, int offset, long nowNanos) {
    closeInterval();
    int delay = hasSenderReport ? NtpTime.compactDuration(nowNanos - lastSrNanos) : 0;
    ReportBlock.write(
        buffer,
        offset,
        ssrc,
        fractionLost,
        cumulativeLost(),
        highestSequenceNumber,
        jitter.value(),
        lastSr,
        delay);
  }

  /** {@return the SSRC of the source} */
  public int ssrc() {
    return ssrc;
  }

  /** {@return the number of packets counted, duplicates included} */
  public long received() {
    return received;
  }

  /** {@return the number of packets lost; negative when more were duplicates} */
  public long cumulativeLost() {
    return expected() - received;
  }

  /** {@return the share of packets lost in the interval that the last report closed, in 1/256} */
  public int fractionLost() {
    return fractionLost;
  }

  /** {@return the highest sequence number, in the lower 16 bits, and its cycles above them} */
  public long highestSequenceNumber() {
    return highestSequenceNumber;
  }

  /** {@return the interarrival jitter in ticks of the RTP clock} */
  public long jitter() {
    return jitter.value();
  }

  private boolean passesProbation(int sequenceNumber) {
    boolean inSequence = sequenceNumber == expectedSequenceNumber;
    probation = inSequence ? probation - 1 : MIN_SEQUENTIAL - 1;
    expectedSequenceNumber = SerialNumbers.addSequence(sequenceNumber, 1);
    if (probation > 0) {
      return false;
    }
    start(sequenceNumber);
    return true;
  }

  private void start(int sequenceNumber) {
    firstSequenceNumber = sequenceNumber;
    highestSequenceNumber = sequenceNumber;
    expectedSequenceNumber = NO_SEQUENCE_NUMBER;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    jitter.restart();
  }

  private long expected() {
    return received == 0 ? 0 : highestSequenceNumber - firstSequenceNumber + 1;
  }

  private void closeInterval() {
    long expected = expected();
    long expectedInInterval = expected - expectedBefore;
    long lostInInterval = expectedInInterval - (received - receivedBefore);
    fractionLost =
        lostInInterval > 0
            ? (int) Math.min(MAX_FRACTION, (lostInInterval << 8) / expectedInInterval)
            : 0;
    expectedBefore = expected;
    receivedBefore = received;
  }
}
