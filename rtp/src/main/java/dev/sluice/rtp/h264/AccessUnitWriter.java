package dev.sluice.rtp.h264;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.nal.NalList;
import dev.sluice.rtp.nal.PictureOrder;
import dev.sluice.rtp.nal.Prologue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Writes access units, NAL unit by NAL unit, as payloads of packetization-mode 1, and adds to a
 * picture where decoding can start the parameter sets that it lacks. The common end of {@link
 * H264Normalizer} and {@link H264Packetizer}.
 */
final class AccessUnitWriter {

  private static final int MIN_PAYLOAD = 32;
  private static final int MAX_PAYLOAD = 65_535;

  private final int maxPayload;
  private final H264Counters counters;
  private final ParameterSets sets = new ParameterSets();
  private final ParameterSetWriter parameterSetWriter;
  private final Prologue prologue = new Prologue();
  private final PacketSink sink;
  private final AccessUnit unit;
  private final FuWriter fragments;
  private @Nullable ByteBuf parsedSps;
  private @Nullable SequenceParameterSet sequenceParameterSet;

  AccessUnitWriter(
      PayloadWriter out, int maxPayload, boolean passesReordered, H264Counters counters) {
    if (maxPayload < MIN_PAYLOAD || maxPayload > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "maxPayload is " + maxPayload + ", not " + MIN_PAYLOAD + " to " + MAX_PAYLOAD + " bytes");
    }
    this.maxPayload = maxPayload;
    this.counters = counters;
    sink = new PacketSink(out, counters);
    unit = new AccessUnit(sets, sink, new PictureOrder(passesReordered), counters);
    fragments = new FuWriter(sink, maxPayload);
    parameterSetWriter = new ParameterSetWriter(sets, unit, maxPayload);
  }

  PacketSink sink() {
    return sink;
  }

  AccessUnit unit() {
    return unit;
  }

  FuWriter fragments() {
    return fragments;
  }

  void begin(int timestamp, boolean afterLoss) {
    if (!unit.mayWait()) {
      prologue.clear();
    }
    sink.beginUnit();
    unit.begin(timestamp, afterLoss);
  }

  void gap() {
    sink.gap();
    unit.gap();
    prologue.clear();
  }

  /**
   * Takes notice of NAL units before they are written.
   *
   * @return index of the one that parameter sets have to be inserted before; -1 if none
   */
  int inspect(ByteBuf buf, NalList nals) {
    int insertAt = -1;
    for (int i = 0; i < nals.size(); i++) {
      if (unit.inspect(buf, nals.offset(i), nals.length(i))) {
        insertAt = i;
      }
    }
    return insertAt;
  }

  /** whether the picture of the access unit has begun, with all before it written */
  boolean isWriting() {
    return unit.isShown() && prologue.isEmpty();
  }

  /** writes NAL units, those that fit together aggregated, as soon as there is a picture */
  void write(ByteBuf buf, NalList nals, int insertAt, Boundary boundary) {
    if (!unit.hasSlice()) {
      keep(buf, nals);
    } else if (!unit.isShown()) {
      prologue.clear();
    } else {
      writePrologue();
      if (insertAt >= 0) {
        write(buf, nals, 0, insertAt, Boundary.AHEAD);
        insertParameterSets();
      }
      write(buf, nals, Math.max(0, insertAt), nals.size(), boundary);
    }
  }

  /** begins to write a NAL unit in fragments, with all that has to precede it */
  void beginFragments(ByteBuf head) {
    boolean insert = unit.inspect(head, 0, head.writerIndex());
    if (unit.isShown()) {
      writePrologue();
      if (insert) {
        insertParameterSets();
      }
      fragments.begin(head.getByte(0));
    } else {
      prologue.clear();
    }
  }

  private void keep(ByteBuf buf, NalList nals) {
    for (int i = 0; i < nals.size(); i++) {
      if (!prologue.add(buf, nals.offset(i), nals.length(i))) {
        counters.increment(H264Counter.OVERSIZED_NAL_UNIT);
        prologue.clear();
        unit.forget();
      }
    }
  }

  private void writePrologue() {
    if (!prologue.isEmpty()) {
      write(prologue.bytes(), prologue.nals(), 0, prologue.nals().size(), Boundary.AHEAD);
      prologue.clear();
    }
  }

  private void insertParameterSets() {
    NalList nals = parameterSetWriter.collect();
    write(parameterSetWriter.bytes(), nals, 0, nals.size(), Boundary.AHEAD);
    counters.increment(H264Counter.PARAMETER_SETS_INSERTED);
  }

  /** writes a payload as it is */
  void pass(ByteBuf buf, int offset, int length, Boundary boundary) {
    sink.open(length);
    buf.getBytes(offset, sink.array(), sink.offset(), length);
    sink.commit(length, boundary);
  }

  /** keeps a parameter set that came out of band */
  void parameterSet(byte[] nal) {
    ByteBuf buf = Unpooled.wrappedBuffer(nal);
    int id =
        switch (nal.length == 0 ? 0 : NalUnit.type(nal[0])) {
          case NalUnit.SPS -> sets.putSps(buf, 0, nal.length);
          case NalUnit.PPS -> sets.putPps(buf, 0, nal.length);
          default -> -1;
        };
    if (id < 0) {
      counters.increment(H264Counter.PARAMETER_SET_REJECTED);
    }
  }

  /** the SPS of the newest keyframe, or of the one to be expected; null if it is not known */
  @Nullable SequenceParameterSet sequenceParameterSet() {
    ByteBuf sps = sets.sps(sets.spsOfPps(unit.activePps()));
    if (sps != parsedSps) {
      parsedSps = sps;
      sequenceParameterSet = sps == null ? null : SequenceParameterSet.parse(sps.array());
    }
    return sequenceParameterSet;
  }

  private void write(ByteBuf buf, NalList nals, int from, int to, Boundary boundary) {
    int next;
    for (int i = from; i < to; i = next) {
      next = i + StapA.fitting(nals, i, to, maxPayload);
      Boundary place = next == to || boundary == Boundary.AHEAD ? boundary : Boundary.INSIDE;
      if (next > i + 1) {
        aggregate(buf, nals, i, next - i, place);
      } else {
        single(buf, nals.offset(i), nals.length(i), place);
      }
    }
  }

  private void aggregate(ByteBuf buf, NalList nals, int from, int count, Boundary boundary) {
    sink.open(maxPayload);
    int length = StapA.write(sink.array(), sink.offset(), buf, nals, from, count);
    sink.commit(length, boundary);
  }

  private void single(ByteBuf buf, int offset, int length, Boundary boundary) {
    if (length <= maxPayload) {
      pass(buf, offset, length, boundary);
    } else {
      fragments.begin(buf.getByte(offset));
      fragments.append(buf, offset + 1, length - 1);
      fragments.end(boundary);
    }
  }
}
