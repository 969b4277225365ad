package dev.sluice.rtp.h265;

import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.frames.FrameAppender;
import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.LengthPrefixed;
import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * H.265 over RTP (RFC 7798), without DONL fields.
 *
 * <ul>
 *   <li>A payload that fits passes as it is, with one copy into the log. A larger one is cut while
 *       it is written: fragments of the full size and a last one that is shorter, or the NAL units
 *       of an aggregate in packets of their own. Fragments that are too large go straight into the
 *       open packet of the log; no slice is ever joined.
 *   <li>An access unit is a keyframe if it holds an IDR, BLA or CRA picture and the parameter sets
 *       of its first slice are known. Those that it does not carry are inserted before that slice.
 *       RASL pictures behind a CRA picture are passed on; decoders that start there drop them
 *       (H.265 section 8.1.3).
 *   <li>Fragments whose beginning is missing, PACI packets and what is malformed are dropped, and a
 *       sequence number is left out so that viewers see the loss.
 *   <li>Timestamps pass as they are, those of pictures that are shown before one that was sent
 *       earlier too.
 * </ul>
 *
 * <p>A frame is an access unit with start codes. One without a picture only brings parameter sets.
 */
public final class H265Writer implements MediaWriter {

  private static final int SIZE_BYTES = 2;
  private static final int FIRST_SLICE_SEGMENT = 0x80;

  /** enough for the beginning of a slice header */
  private static final int HEAD_BYTES = 32;

  private final FrameAppender out;
  private final AccessUnit unit;
  private final NalWriter writer;
  private final NalList nals = new NalList();
  private final ByteBuf head = Unpooled.buffer(HEAD_BYTES, HEAD_BYTES);

  private boolean started;
  private int timestamp;
  private boolean ended;
  private boolean lost;
  private boolean fragmenting;
  private int fragmentedType;

  /**
   * Makes a writer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public H265Writer(PayloadWriter out, int maxPayload) {
    this.out = new FrameAppender(out, maxPayload);
    ParameterSets sets = new ParameterSets();
    unit = new AccessUnit(sets, this.out);
    writer = new NalWriter(this.out, sets, unit);
  }

  /**
   * Keeps a parameter set that came out of band. One that comes in band later replaces it.
   *
   * @param nal a VPS, SPS or PPS NAL unit without start code; copied
   */
  public void parameterSet(byte[] nal) {
    unit.know(Unpooled.wrappedBuffer(nal));
  }

  /** {@return what the newest keyframe's SPS says, or one known in advance; any thread} */
  public @Nullable H265Profile profile() {
    return unit.profile();
  }

  @Override
  public void accept(
      ByteBuf buf, int offset, int length, int time, boolean marker, boolean lostBefore) {
    Objects.checkFromIndexSize(offset, length, buf.capacity());
    if (lostBefore) {
      lose();
    }
    if (length == 0) {
      return;
    }
    if (length < H265Nal.HEADER_BYTES || H265Nal.isForbidden(buf.getByte(offset))) {
      drop();
      return;
    }
    int type = H265Nal.type(buf.getByte(offset));
    if (type == H265Nal.FRAGMENT) {
      fragment(buf, offset, length, time, marker);
    } else if (type > H265Nal.AGGREGATE || !find(buf, offset, length, type)) {
      drop();
    } else {
      breakOff();
      arrive(buf, nals.offset(0), time);
      whole(buf, offset, length, marker);
    }
  }

  /** finds the NAL units of a payload; false if it is malformed */
  private boolean find(ByteBuf buf, int offset, int length, int type) {
    nals.clear();
    if (type != H265Nal.AGGREGATE) {
      nals.add(offset, length);
      return true;
    }
    int end = offset + length;
    int at = offset + H265Nal.HEADER_BYTES;
    while (end - at >= SIZE_BYTES) {
      int size = buf.getUnsignedShort(at);
      at += SIZE_BYTES;
      if (size < H265Nal.HEADER_BYTES || size > end - at) {
        return false;
      }
      nals.add(at, size);
      at += size;
    }
    return at == end && nals.size() > 0;
  }

  /** begins the access unit of a NAL unit, if it is a new one */
  private void arrive(ByteBuf buf, int offset, int time) {
    boolean next = !started || time != timestamp || ended && beginsUnit(buf, offset);
    if (next) {
      started = true;
      timestamp = time;
      out.begin(time);
      unit.begin(lost);
    } else if (lost) {
      unit.gap();
    }
    lost = false;
    ended = false;
  }

  private static boolean beginsUnit(ByteBuf buf, int offset) {
    int type = H265Nal.type(buf.getByte(offset));
    int slice = offset + H265Nal.HEADER_BYTES;
    boolean firstSlice =
        H265Nal.isSlice(type)
            && slice < buf.capacity()
            && (buf.getByte(slice) & FIRST_SLICE_SEGMENT) != 0;
    return firstSlice || H265Nal.precedesPicture(type);
  }

  /** writes a payload of whole NAL units */
  private void whole(ByteBuf buf, int offset, int length, boolean marker) {
    int insertAt = inspect(buf);
    if (insertAt < 0 && length <= out.maxPayload()) {
      out.pass(buf, offset, length, marker);
    } else {
      writeApart(buf, insertAt, marker);
    }
    ended = marker;
  }

  /** index of the NAL unit that parameter sets have to be inserted before; -1 if none */
  private int inspect(ByteBuf buf) {
    int insertAt = -1;
    for (int i = 0; i < nals.size(); i++) {
      if (unit.inspect(buf, nals.offset(i), nals.length(i))) {
        insertAt = i;
      }
    }
    return insertAt;
  }

  private void writeApart(ByteBuf buf, int insertAt, boolean marker) {
    for (int i = 0; i < nals.size(); i++) {
      if (i == insertAt) {
        writer.insertParameterSets();
      }
      boolean last = i == nals.size() - 1;
      writer.write(buf, nals.offset(i), nals.length(i), marker && last);
    }
  }

  private void fragment(ByteBuf buf, int offset, int length, int time, boolean marker) {
    int fuHeader = length <= FuHeader.BYTES ? 0 : buf.getByte(offset + H265Nal.HEADER_BYTES);
    boolean start = FuHeader.isStart(fuHeader);
    boolean end = FuHeader.isEnd(fuHeader);
    int type = FuHeader.type(fuHeader);
    if (start) {
      breakOff();
    }
    if (length <= FuHeader.BYTES || start && end || !start && !continues(type, time)) {
      drop();
      return;
    }
    int first = H265Nal.withType(buf.getByte(offset), type);
    if (start) {
      begin(buf, offset, length, time, first);
    }
    writeFragment(buf, offset, length, first, marker && end);
    if (end) {
      fragmenting = false;
      ended = marker;
    }
  }

  /** whether a fragment without start bit belongs to the NAL unit that is arriving */
  private boolean continues(int type, int time) {
    return fragmenting && type == fragmentedType && time == timestamp;
  }

  private void begin(ByteBuf buf, int offset, int length, int time, int first) {
    fragmenting = true;
    fragmentedType = H265Nal.type(first);
    head.clear().writeByte(first).writeByte(buf.getByte(offset + 1));
    int count = Math.min(head.writableBytes(), length - FuHeader.BYTES);
    head.writeBytes(buf, offset + FuHeader.BYTES, count);
    arrive(head, 0, time);
    if (H265Nal.isSlice(fragmentedType) && unit.inspect(head, 0, head.writerIndex())) {
      writer.insertParameterSets();
    }
  }

  private void writeFragment(ByteBuf buf, int offset, int length, int first, boolean marker) {
    int fuHeader = buf.getByte(offset + H265Nal.HEADER_BYTES);
    if (length <= out.maxPayload() && !writer.pieces().isRunning()) {
      out.pass(buf, offset, length, marker);
      return;
    }
    if (!writer.pieces().isRunning()) {
      writer.beginPieces(first, buf.getByte(offset + 1), FuHeader.isStart(fuHeader));
    }
    writer.pieces().append(buf, offset + FuHeader.BYTES, length - FuHeader.BYTES);
    if (FuHeader.isEnd(fuHeader)) {
      writer.pieces().end(marker);
    }
  }

  @Override
  public boolean frame(ByteBuffer frame, int time) {
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    return accessUnit(buf, AnnexB.parse(buf, 0, buf.readableBytes(), nals), time);
  }

  /**
   * Writes an access unit of NAL units behind their lengths (ISO/IEC 14496-15).
   *
   * @param frame as for {@link #frame}
   * @param lengthSize size of each length, in bytes, big-endian: 1, 2 or 4
   * @param time RTP timestamp, 90 kHz
   * @return false if it is malformed and was dropped
   */
  public boolean lengthPrefixed(ByteBuffer frame, int lengthSize, int time) {
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    boolean valid = LengthPrefixed.parse(buf, buf.readableBytes(), lengthSize, nals);
    return accessUnit(buf, valid, time);
  }

  private boolean accessUnit(ByteBuf buf, boolean valid, int time) {
    breakOff();
    if (!valid || !areWellFormed(buf)) {
      drop();
      return false;
    }
    ended = true;
    arrive(buf, nals.offset(0), time);
    int insertAt = inspect(buf);
    if (unit.hasPicture()) {
      writeApart(buf, insertAt, true);
    }
    return true;
  }

  private boolean areWellFormed(ByteBuf buf) {
    boolean valid = nals.size() > 0;
    for (int i = 0; i < nals.size(); i++) {
      int first = buf.getByte(nals.offset(i));
      valid &= nals.length(i) >= H265Nal.HEADER_BYTES && !H265Nal.isForbidden(first);
      valid &= H265Nal.type(first) < H265Nal.AGGREGATE;
    }
    return valid;
  }

  @Override
  public void end() {
    breakOff();
  }

  @Override
  public long malformed() {
    return out.malformed();
  }

  /** the NAL unit that is arriving will not be completed */
  private void breakOff() {
    if (fragmenting) {
      drop();
    }
  }

  private void drop() {
    out.drop();
    lose();
  }

  private void lose() {
    out.lose();
    lost = true;
    fragmenting = false;
    writer.pieces().abandon();
  }
}
