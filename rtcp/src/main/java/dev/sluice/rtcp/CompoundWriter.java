package dev.sluice.rtcp;

import java.util.Objects;

/**
 * Puts RTCP messages together in the caller's array: a compound packet, which starts with a report
 * and has an SDES CNAME (RFC 3550 section 6.1), or one of reduced size (RFC 5506).
 *
 * <pre>{@code
 * writer.wrap(buffer, offset, capacity);
 * writer.receiverReport(ssrc);
 * int block = writer.claimReportBlock();
 * if (block != CompoundWriter.FULL) {
 *   statistics.writeReportBlock(buffer, block, nowNanos);
 * }
 * writer.cname(ssrc, cname);
 * send(buffer, offset, writer.length());
 * }</pre>
 *
 * <p>What does not fit leaves the packet as it was: {@code false} or {@link #FULL} is returned, and
 * the packet so far can be sent.
 */
public final class CompoundWriter {
  /** returned instead of an offset when there is no room left */
  public static final int FULL = -1;

  private static final int NOTHING = -1;

  private byte[] buffer = {};
  private int start;
  private int position;
  private int end;
  private boolean reportExpected;
  private int report;
  private int sourceDescription;

  /** Creates a writer without a packet. */
  public CompoundWriter() {}

  /**
   * Starts a compound packet, whose first message is a report.
   *
   * @param buffer receives the packet; borrowed until the next call
   * @param offset of the packet
   * @param capacity the longest the packet may become, in bytes
   */
  public void wrap(byte[] buffer, int offset, int capacity) {
    Objects.checkFromIndexSize(offset, capacity, buffer.length);
    this.buffer = buffer;
    start = offset;
    position = offset;
    end = offset + capacity;
    reportExpected = true;
    report = NOTHING;
    sourceDescription = NOTHING;
  }

  /**
   * Starts a packet of reduced size, whose first message is any.
   *
   * @param buffer receives the packet; borrowed until the next call
   * @param offset of the packet
   * @param capacity the longest the packet may become, in bytes
   */
  public void wrapReducedSize(byte[] buffer, int offset, int capacity) {
    wrap(buffer, offset, capacity);
    reportExpected = false;
  }

  /**
   * Appends a {@link SenderReport} without report blocks.
   *
   * @param ssrc of the sender
   * @param ntpTimestamp of this report
   * @param rtpTimestamp of the same moment
   * @param packetCount packets sent; its lower 32 bits are written
   * @param octetCount payload bytes sent; its lower 32 bits are written
   * @return whether there was room
   */
  public boolean senderReport(
      int ssrc, long ntpTimestamp, int rtpTimestamp, long packetCount, long octetCount) {
    int at = append(SenderReport.length(0));
    if (at == FULL) {
      return false;
    }
    SenderReport.write(buffer, at, ssrc, ntpTimestamp, rtpTimestamp, packetCount, octetCount, 0);
    report = at;
    reportExpected = false;
    return true;
  }

  /**
   * Appends a {@link ReceiverReport} without report blocks.
   *
   * @param ssrc of the participant that reports
   * @return whether there was room
   */
  public boolean receiverReport(int ssrc) {
    int at = append(ReceiverReport.length(0));
    if (at == FULL) {
      return false;
    }
    ReceiverReport.write(buffer, at, ssrc, 0);
    report = at;
    reportExpected = false;
    return true;
  }

  /**
   * Adds a report block, which the caller writes, to the report that is the last message. When that
   * has 31 of them, a receiver report by the same SSRC is appended to go on with.
   *
   * @return the offset of {@link ReportBlock#LENGTH} bytes, or {@link #FULL}
   * @throws IllegalStateException when the last message is no report
   */
  public int claimReportBlock() {
    if (report == NOTHING) {
      throw new IllegalStateException("the last message is no report");
    }
    int count = RtcpHeader.count(buffer, report);
    if (count == RtcpHeader.MAX_COUNT) {
      return claimReportBlockInNextReport();
    }
    if (remaining() < ReportBlock.LENGTH) {
      return FULL;
    }
    int length = RtcpHeader.length(buffer, report) + ReportBlock.LENGTH;
    RtcpHeader.write(buffer, report, count + 1, RtcpHeader.type(buffer, report), length);
    position += ReportBlock.LENGTH;
    return position - ReportBlock.LENGTH;
  }

  /**
   * Appends the canonical name of a source: a chunk of the {@link SourceDescription} that is the
   * last message, or a new one.
   *
   * @param ssrc of the source
   * @param cname in UTF-8, at most 255 bytes
   * @return whether there was room
   */
  public boolean cname(int ssrc, byte[] cname) {
    if (sourceDescription != NOTHING
        && RtcpHeader.count(buffer, sourceDescription) < RtcpHeader.MAX_COUNT) {
      return appendCname(ssrc, cname);
    }
    int at = claim(SourceDescription.length(cname.length));
    if (at == FULL) {
      return false;
    }
    SourceDescription.write(buffer, at, ssrc, SourceDescription.CNAME, cname);
    sourceDescription = at;
    return true;
  }

  /**
   * Appends a message that the caller writes.
   *
   * @param length of the message in bytes
   * @return the offset of the message, or {@link #FULL}
   * @throws IllegalStateException when a compound packet does not start with a report
   */
  public int claim(int length) {
    if (reportExpected) {
      throw new IllegalStateException("a compound packet starts with a report");
    }
    return append(length);
  }

  /** {@return the length of the packet so far, in bytes} */
  public int length() {
    return position - start;
  }

  /** {@return the room that is left, in bytes} */
  public int remaining() {
    return end - position;
  }

  private int append(int length) {
    if (length > remaining()) {
      return FULL;
    }
    int at = position;
    position += length;
    report = NOTHING;
    sourceDescription = NOTHING;
    return at;
  }

  private int claimReportBlockInNextReport() {
    if (remaining() < ReceiverReport.length(1)) {
      return FULL;
    }
    int ssrc = ReceiverReport.ssrc(buffer, report);
    receiverReport(ssrc);
    return claimReportBlock();
  }

  private boolean appendCname(int ssrc, byte[] cname) {
    int length = SourceDescription.chunkLength(cname.length);
    if (length > remaining()) {
      return false;
    }
    SourceDescription.append(buffer, sourceDescription, ssrc, SourceDescription.CNAME, cname);
    position += length;
    return true;
  }
}
