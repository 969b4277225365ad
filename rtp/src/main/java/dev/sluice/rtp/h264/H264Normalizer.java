package dev.sluice.rtp.h264;

import dev.sluice.rtp.PayloadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the RTP payloads of any H.264 source into those that WebRTC viewers get: packetization-mode
 * 1, no larger than their path carries, with a right marker bit, and with parameter sets wherever
 * decoding can start (RFC 6184).
 *
 * <ul>
 *   <li>A payload that fits passes as it is, with one copy into the log. A larger one is cut while
 *       it is written: FU-A packets of the full size and a last one that is shorter, or the NAL
 *       units of an aggregate in several packets. Fragments of an oversized NAL unit go straight
 *       into the open packet of the log; no NAL unit is ever joined.
 *   <li>What is lost, malformed or of packetization-mode 2 is dropped and counted, the rest of its
 *       NAL unit as well, and a sequence number is left out so that viewers see the loss.
 *   <li>An access unit ends where the timestamp changes or the source has set the marker. A source
 *       that has been seen to get markers wrong is not believed: then the packet that may be the
 *       last one stays open in the log until the next payload or {@link #flush} tells. One wrong
 *       marker is enough to doubt; 1,024 right access units in a row, or 8 that prove the opposite,
 *       end the doubt.
 *   <li>An access unit is a keyframe if it holds an IDR picture or a recovery point SEI with
 *       recovery_frame_cnt 0, and if the parameter sets of its first slice are known. Those that it
 *       does not carry are inserted before that slice.
 *   <li>Filler data is dropped; where it may end an access unit, two bytes of it stay.
 * </ul>
 *
 * <p>Everything else passes, whatever a viewer makes of it. Nothing is thrown for what a payload
 * holds. Memory is bounded: 32 KiB of parameter sets at most, usually less than 1 KiB.
 *
 * <p>One object serves one stream. Used by one thread at a time.
 */
public final class H264Normalizer {

  private static final ByteBuf SHORTEST_FILLER =
      Unpooled.wrappedBuffer(new byte[] {NalUnit.FILLER, (byte) 0x80}).asReadOnly();

  private final int maxPayload;
  private final H264Counters counters = new H264Counters();
  private final FragmentedNal fragmented = new FragmentedNal();
  private final NalList nals = new NalList();
  private final AccessUnitWriter writer;
  private final UnitBoundaries boundaries;

  /**
   * Makes a normalizer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public H264Normalizer(PayloadWriter out, int maxPayload) {
    this.maxPayload = maxPayload;
    writer = new AccessUnitWriter(out, maxPayload, counters);
    boundaries = new UnitBoundaries(writer, counters);
  }

  /**
   * Takes the next RTP payload in sequence order.
   *
   * @param buf holds the payload; borrowed until the call returns, its indexes are left alone
   * @param offset absolute index of the payload
   * @param length payload length in bytes, without RTP padding
   * @param timestamp RTP timestamp, 90 kHz
   * @param marker the RTP marker bit
   * @param lostBefore whether packets are missing between this one and the one before
   */
  public void accept(
      ByteBuf buf, int offset, int length, int timestamp, boolean marker, boolean lostBefore) {
    Objects.checkFromIndexSize(offset, length, buf.capacity());
    if (lostBefore) {
      boundaries.lose();
    }
    if (length == 0) {
      counters.increment(H264Counter.EMPTY_PAYLOAD);
      return;
    }
    int header = buf.getByte(offset);
    if (NalUnit.isForbidden(header)) {
      drop(H264Counter.FORBIDDEN_BIT);
      return;
    }
    switch (NalUnit.type(header)) {
      case NalUnit.FU_A -> fragment(buf, offset, length, timestamp, marker);
      case NalUnit.STAP_A -> aggregate(buf, offset, length, timestamp, marker);
      case NalUnit.STAP_B, NalUnit.MTAP16, NalUnit.MTAP24, NalUnit.FU_B ->
          drop(H264Counter.INTERLEAVED_MODE);
      case 0, 30, 31 -> counters.increment(H264Counter.RESERVED_TYPE);
      default -> single(buf, offset, length, timestamp, marker);
    }
  }

  /**
   * Keeps a parameter set that came out of band. One that comes in band later replaces it.
   *
   * @param nal an SPS or PPS NAL unit without start code; copied
   */
  public void parameterSet(byte[] nal) {
    writer.parameterSet(nal);
  }

  /** {@return whether a packet waits in the log for the next payload or {@link #flush}} */
  public boolean isHolding() {
    return writer.sink().isHolding();
  }

  /**
   * Appends the packet that waits, if one does, as the last of its access unit: for the end of the
   * stream or when nothing has come for a while.
   */
  public void flush() {
    writer.sink().settle(true);
  }

  /** {@return what happened to the stream} */
  public H264Counters counters() {
    return counters;
  }

  /**
   * {@return the SPS of the newest keyframe, or one known in advance; null if there is none yet}
   */
  public @Nullable SequenceParameterSet sequenceParameterSet() {
    return writer.sequenceParameterSet();
  }

  private void single(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    if (!NalUnit.isWellFormed(buf, offset, length)) {
      drop(H264Counter.MALFORMED_NAL_UNIT);
      return;
    }
    breakOff();
    nals.clear();
    nals.add(offset, length);
    boundaries.arrive(buf, offset, length, timestamp);
    if (NalUnit.type(buf.getByte(offset)) == NalUnit.FILLER) {
      filler(marker);
    } else {
      write(buf, offset, length, marker);
    }
    boundaries.end(marker);
  }

  private void aggregate(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    if (!StapA.parse(buf, offset, length, nals)) {
      drop(H264Counter.MALFORMED_AGGREGATE);
      return;
    }
    breakOff();
    boundaries.arrive(buf, nals.offset(0), nals.length(0), timestamp);
    write(buf, offset, length, marker);
    boundaries.end(marker);
  }

  private void write(ByteBuf buf, int offset, int length, boolean marker) {
    int insertAt = writer.inspect(buf, nals);
    if (insertAt < 0 && length <= maxPayload) {
      writer.pass(buf, offset, length, boundaries.boundary(marker));
    } else {
      writer.write(buf, nals, insertAt, boundaries.boundary(marker));
    }
  }

  private void fragment(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    int fuHeader = length < FuA.PAYLOAD_OFFSET ? 0 : buf.getByte(offset + FuA.HEADER_OFFSET);
    boolean start = FuA.isStart(fuHeader);
    boolean end = FuA.isEnd(fuHeader);
    if (start && end || !NalUnit.isStreamType(NalUnit.type(fuHeader))) {
      drop(H264Counter.MALFORMED_FRAGMENT);
      return;
    }
    int from = offset + FuA.PAYLOAD_OFFSET;
    int count = length - FuA.PAYLOAD_OFFSET;
    if (start) {
      begin(FuA.nalHeader(buf.getByte(offset), fuHeader), timestamp, buf, from, count);
    } else if (boundaries.hasLost()
        || !fragmented.isContinuedBy(NalUnit.type(fuHeader), timestamp)) {
      drop(H264Counter.ORPHAN_FRAGMENT);
      breakOff();
      return;
    } else {
      fragmented.add(buf, from, count);
    }
    proceed(buf, from, count, end, marker);
  }

  private void begin(int nalHeader, int timestamp, ByteBuf buf, int from, int count) {
    breakOff();
    fragmented.begin(nalHeader, timestamp);
    fragmented.add(buf, from, count);
    ByteBuf head = fragmented.head();
    int headLength = head.writerIndex();
    boundaries.arrive(head, 0, headLength, timestamp);
    if (!fragmented.isInspectedWhole() && writer.unit().inspect(head, 0, headLength)) {
      writer.insertParameterSets();
    }
    writer.fragments().begin(nalHeader);
  }

  private void proceed(ByteBuf buf, int from, int count, boolean end, boolean marker) {
    if (end) {
      fragmented.close();
      inspectWhole();
    }
    if (fragmented.type() == NalUnit.FILLER) {
      if (end) {
        filler(marker);
      }
    } else {
      Boundary boundary = end ? boundaries.boundary(marker) : Boundary.INSIDE;
      if (!writer.fragments().append(buf, from, count, end, boundary)) {
        drop(H264Counter.MALFORMED_NAL_UNIT);
        return;
      }
    }
    if (end) {
      boundaries.end(marker);
    }
  }

  private void inspectWhole() {
    if (!fragmented.isInspectedWhole()) {
      return;
    }
    if (fragmented.isComplete() || fragmented.type() == NalUnit.SEI) {
      ByteBuf head = fragmented.head();
      writer.unit().inspect(head, 0, head.writerIndex());
    } else {
      counters.increment(H264Counter.PARAMETER_SET_REJECTED);
    }
  }

  private void filler(boolean marker) {
    counters.increment(H264Counter.FILLER_DROPPED);
    Boundary boundary = boundaries.boundary(marker);
    if (boundary != Boundary.INSIDE) {
      writer.pass(SHORTEST_FILLER, 0, SHORTEST_FILLER.readableBytes(), boundary);
    }
  }

  /** the open NAL unit will not be completed */
  private void breakOff() {
    if (fragmented.isOpen()) {
      fragmented.close();
      drop(H264Counter.UNFINISHED_NAL_UNIT);
    }
  }

  /** what is dropped is missing in the output, as if it had been lost on the way */
  private void drop(H264Counter reason) {
    counters.increment(reason);
    boundaries.lose();
  }
}
