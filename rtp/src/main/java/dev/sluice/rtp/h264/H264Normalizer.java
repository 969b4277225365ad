package dev.sluice.rtp.h264;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.NalList;
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
 *       into the open packet of the log; no slice is ever joined.
 *   <li>NAL units that precede a picture wait for it, 32 KiB at most, and get its timestamp.
 *   <li>What is lost, malformed or of packetization-mode 2 is dropped and counted, the rest of its
 *       NAL unit as well, and a sequence number is left out so that viewers see the loss.
 *   <li>An access unit ends where the timestamp changes or the source has set the marker. A source
 *       that has been seen to get markers wrong is not believed: then the packet that may be the
 *       last one stays open in the log until the next payload or {@link #flush} tells. One wrong
 *       marker is enough to doubt; 1,024 right access units in a row, or 8 that prove the opposite,
 *       end the doubt.
 *   <li>An access unit is a keyframe if it holds an IDR picture, and a recovery point if it holds
 *       another picture and a recovery point SEI with recovery_frame_cnt 0; either only if the
 *       parameter sets of its first slice are known. Those that it does not carry are inserted
 *       before that slice.
 *   <li>What carries nothing is left out without a gap: filler data, NAL units without a body,
 *       padding. Where it may end an access unit, two bytes of filler data stay. NAL units that a
 *       source parts by start codes are taken apart.
 *   <li>Timestamps increase: B pictures that nothing refers to are left out, without a gap, and
 *       those that are referred to get a time just behind the picture before, unless all is to
 *       pass.
 * </ul>
 *
 * <p>Everything else passes, whatever a viewer makes of it. Nothing is thrown for what a payload
 * holds. Memory is bounded: 96 KiB of parameter sets and what waits at most, usually less than 2
 * KiB.
 *
 * <p>One object serves one stream. Used by one thread at a time.
 */
public final class H264Normalizer {

  private static final ByteBuf SHORTEST_FILLER =
      Unpooled.wrappedBuffer(new byte[] {NalUnit.FILLER, (byte) 0x80}).asReadOnly();

  private final int maxPayload;
  private final H264Counters counters = new H264Counters();
  private final FragmentedNal fragmented = new FragmentedNal();
  private final UnitFinder units = new UnitFinder(counters);
  private final AccessUnitWriter writer;
  private final UnitBoundaries boundaries;

  /**
   * Makes a normalizer that leaves out the B pictures that nothing refers to.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public H264Normalizer(PayloadWriter out, int maxPayload) {
    this(out, maxPayload, false);
  }

  /**
   * Makes a normalizer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   * @param passesReordered whether pictures that are shown before one that was sent earlier pass as
   *     they are, with timestamps that go back
   */
  public H264Normalizer(PayloadWriter out, int maxPayload, boolean passesReordered) {
    this.maxPayload = maxPayload;
    writer = new AccessUnitWriter(out, maxPayload, passesReordered, counters);
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
      nothing(timestamp, marker);
      return;
    }
    int header = buf.getByte(offset);
    if (NalUnit.isForbidden(header)) {
      drop(H264Counter.FORBIDDEN_BIT);
      return;
    }
    units.clear();
    switch (NalUnit.type(header)) {
      case NalUnit.FU_A -> fragment(buf, offset, length, timestamp, marker);
      case NalUnit.STAP_B, NalUnit.MTAP16, NalUnit.MTAP24, NalUnit.FU_B ->
          drop(H264Counter.INTERLEAVED_MODE);
      case NalUnit.STAP_A -> {
        StapA.parse(buf, offset, length, units);
        whole(buf, offset, length, timestamp, marker);
      }
      default -> {
        units.add(buf, offset, length);
        whole(buf, offset, length, timestamp, marker);
      }
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

  /** takes a payload of whole NAL units */
  private void whole(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    NalList nals = units.nals();
    if (nals.size() > 0) {
      breakOff();
      boundaries.arrive(buf, nals.offset(0), nals.length(0), timestamp);
      int insertAt = writer.inspect(buf, nals);
      Boundary boundary = boundaries.boundary(marker);
      if (units.isAsItWas() && insertAt < 0 && length <= maxPayload && writer.isWriting()) {
        writer.pass(buf, offset, length, boundary);
      } else {
        writer.write(buf, nals, insertAt, boundary);
      }
      boundaries.end(marker);
    } else if (!units.isDamaged()) {
      nothing(timestamp, marker);
    }
    if (units.isDamaged()) {
      boundaries.lose();
    }
  }

  /** takes a payload that carries nothing: only its marker may mean something */
  private void nothing(int timestamp, boolean marker) {
    if (marker && boundaries.isWithin(timestamp) && !fragmented.isOpen()) {
      boundaries.arrive(SHORTEST_FILLER, 0, SHORTEST_FILLER.readableBytes(), timestamp);
      filler(marker);
    }
  }

  /** a packet of the shortest filler data carries a marker that stands for the picture before */
  private void filler(boolean marker) {
    Boundary boundary = boundaries.boundary(marker);
    if (writer.isWriting() && boundary != Boundary.INSIDE) {
      writer.pass(SHORTEST_FILLER, 0, SHORTEST_FILLER.readableBytes(), boundary);
    }
    boundaries.end(marker);
  }

  private void fragment(ByteBuf buf, int offset, int length, int timestamp, boolean marker) {
    int from = offset + FuA.PAYLOAD_OFFSET;
    int count = length - FuA.PAYLOAD_OFFSET;
    int fuHeader = count < 0 ? NalUnit.STAP_A : buf.getByte(offset + FuA.HEADER_OFFSET);
    boolean start = FuA.isStart(fuHeader);
    if (!isFragmentable(buf, from, count, NalUnit.type(fuHeader), start)) {
      drop(H264Counter.MALFORMED_FRAGMENT);
      return;
    }
    if (start) {
      begin(FuA.nalHeader(buf.getByte(offset), fuHeader), timestamp, buf, from, count);
      if (!fragmented.isOpen()) {
        return;
      }
    } else if (boundaries.hasLost()
        || !fragmented.isContinuedBy(NalUnit.type(fuHeader), timestamp)) {
      drop(H264Counter.ORPHAN_FRAGMENT);
      breakOff();
      return;
    } else {
      fragmented.add(buf, from, count);
    }
    proceed(buf, from, count);
    if (FuA.isEnd(fuHeader)) {
      end(marker);
    }
  }

  /** type 0 is what a start code becomes that a source has taken for a NAL unit header */
  private static boolean isFragmentable(ByteBuf buf, int from, int count, int type, boolean start) {
    if (type != 0 || !start) {
      return type <= NalUnit.LAST_NAL_UNIT_TYPE;
    }
    int one = from;
    while (one < from + count && buf.getByte(one) == 0) {
      one++;
    }
    return one > from && one < from + count && buf.getByte(one) == 1;
  }

  private void begin(int nalHeader, int timestamp, ByteBuf buf, int from, int count) {
    breakOff();
    fragmented.begin(nalHeader, timestamp);
    fragmented.add(buf, from, count);
    ByteBuf head = fragmented.head();
    boundaries.arrive(head, 0, head.writerIndex(), timestamp);
    if (fragmented.isSlice()) {
      writer.beginFragments(head);
      if (!writer.unit().hasSlice()) {
        fragmented.close();
        drop(H264Counter.ORPHAN_FRAGMENT);
      }
    }
  }

  private void proceed(ByteBuf buf, int from, int count) {
    if (fragmented.isSlice()) {
      append(buf, from, count);
      return;
    }
    int slice = fragmented.findSlice();
    if (slice != FragmentedNal.NONE) {
      collected(slice - AnnexB.START_CODE_BYTES, Boundary.INSIDE);
      int consumed = fragmented.newestUpTo(slice);
      fragmented.becomeSlice(slice, buf, from + consumed, count - consumed);
      writer.beginFragments(fragmented.head());
      append(buf, from + consumed, count - consumed);
    }
  }

  private void append(ByteBuf buf, int from, int count) {
    if (writer.unit().isShown()) {
      writer.fragments().append(buf, from, count);
    }
  }

  private void end(boolean marker) {
    fragmented.close();
    Boundary boundary = boundaries.boundary(marker);
    if (!fragmented.isSlice()) {
      collected(fragmented.head().writerIndex(), boundary);
      if (units.nals().size() == 0) {
        filler(marker);
      }
    } else if (writer.unit().isShown() && !writer.fragments().end(boundary)) {
      drop(H264Counter.MALFORMED_NAL_UNIT);
      return;
    }
    boundaries.end(marker);
  }

  /** takes what was collected of a NAL unit that is no slice */
  private void collected(int length, Boundary boundary) {
    ByteBuf head = fragmented.head();
    if (fragmented.isComplete() || fragmented.type() == NalUnit.FILLER) {
      units.add(head, 0, length);
    } else {
      counters.increment(H264Counter.OVERSIZED_NAL_UNIT);
    }
    writer.write(head, units.nals(), writer.inspect(head, units.nals()), boundary);
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
