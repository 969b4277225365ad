package dev.sluice.rtp.h265;

import dev.sluice.rtp.frames.FrameAppender;
import dev.sluice.rtp.frames.PieceWriter;
import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Writes NAL units as payloads, and the parameter sets that a picture lacks before it. */
final class NalWriter {

  private static final int SIZE_BYTES = 2;
  private static final int AGGREGATE_FIRST = H265Nal.AGGREGATE << H265Nal.TYPE_SHIFT;
  private static final int AGGREGATE_SECOND = 1;
  private static final int FILLER_BYTES = H265Nal.HEADER_BYTES + 1;
  private static final byte TRAILING_BITS = (byte) 0x80;

  private final FrameAppender out;
  private final ParameterSets sets;
  private final AccessUnit unit;
  private final FuHeader fuHeader = new FuHeader();
  private final PieceWriter pieces;
  private final ByteBuf inserted = Unpooled.buffer(256);
  private final NalList insertedNals = new NalList();

  NalWriter(FrameAppender out, ParameterSets sets, AccessUnit unit) {
    this.out = out;
    this.sets = sets;
    this.unit = unit;
    pieces = new PieceWriter(out, fuHeader);
  }

  /** the fragments of one that is arriving */
  PieceWriter pieces() {
    return pieces;
  }

  void beginPieces(int headerFirst, int headerSecond, boolean start) {
    fuHeader.set(headerFirst, headerSecond, start);
    pieces.begin();
  }

  void write(ByteBuf buf, int offset, int length, boolean marker) {
    if (length <= out.maxPayload()) {
      out.pass(buf, offset, length, marker);
    } else {
      beginPieces(buf.getByte(offset), buf.getByte(offset + 1), true);
      pieces.append(buf, offset + H265Nal.HEADER_BYTES, length - H265Nal.HEADER_BYTES);
      pieces.end(marker);
    }
  }

  /**
   * writes those that the keyframe needs, and all others of its SPS, later pictures may need; those
   * that refer to one that is inserted again behind it, else a decoder had refused them
   */
  void insertParameterSets() {
    collect();
    writeAhead(inserted, insertedNals);
  }

  /** writes the shortest filler data, where there is nothing else that a marker may go with */
  void writeFiller() {
    out.open(FILLER_BYTES);
    byte[] array = out.array();
    int at = out.offset();
    array[at] = H265Nal.FILLER << H265Nal.TYPE_SHIFT;
    array[at + 1] = (byte) (unit.temporalId() + 1);
    array[at + 2] = TRAILING_BITS;
    out.commit(FILLER_BYTES, true);
  }

  /** writes what precedes a picture, in one packet if it fits */
  void writeAhead(ByteBuf buf, NalList nals) {
    int total = H265Nal.HEADER_BYTES + nals.size() * SIZE_BYTES + buf.writerIndex();
    if (nals.size() > 1 && total <= out.maxPayload()) {
      aggregate(buf, nals, total);
    } else {
      for (int i = 0; i < nals.size(); i++) {
        write(buf, nals.offset(i), nals.length(i), false);
      }
    }
  }

  private void collect() {
    inserted.clear();
    insertedNals.clear();
    int sps = unit.activeSps();
    int vps = sets.vpsOfSps(sps);
    boolean addsVps = !unit.carriesVps(vps);
    boolean addsSps = addsVps || !unit.carriesSps(sps);
    if (addsVps) {
      add(sets.vps(vps));
    }
    if (addsSps) {
      add(sets.sps(sps));
    }
    for (int pps = 0; pps < ParameterSets.PPS_IDS; pps++) {
      if (sets.spsOfPps(pps) == sps && (addsSps || !unit.carriesPps(pps))) {
        add(sets.pps(pps));
      }
    }
  }

  private void add(@Nullable ByteBuf set) {
    if (set != null) {
      insertedNals.add(inserted.writerIndex(), set.readableBytes());
      inserted.writeBytes(set, 0, set.readableBytes());
    }
  }

  /** RFC 7798 section 4.4.2 */
  private void aggregate(ByteBuf buf, NalList nals, int total) {
    out.open(total);
    byte[] array = out.array();
    int at = out.offset();
    array[at++] = (byte) AGGREGATE_FIRST;
    array[at++] = AGGREGATE_SECOND;
    for (int i = 0; i < nals.size(); i++) {
      int length = nals.length(i);
      array[at++] = (byte) (length >> 8);
      array[at++] = (byte) length;
      buf.getBytes(nals.offset(i), array, at, length);
      at += length;
    }
    out.commit(total, false);
  }
}
