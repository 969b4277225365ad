package dev.sluice.rtp.h265;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.frames.FrameAppender;
import dev.sluice.rtp.nal.AccessUnitCutter;
import dev.sluice.rtp.nal.NalAssembler;
import dev.sluice.rtp.nal.NalList;
import dev.sluice.rtp.nal.PictureOrder;
import dev.sluice.rtp.nal.Prologue;
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
 *   <li>NAL units of types that H.265 does not define are left out, without a gap. Where one may
 *       end an access unit, three bytes of filler data stay.
 *   <li>NAL units that precede a picture wait for it, 32 KiB at most, and get its timestamp.
 *   <li>Timestamps increase: B pictures that nothing refers to are left out, without a gap, and
 *       those that are referred to get a time just behind the picture before, unless all is to
 *       pass.
 * </ul>
 *
 * <p>A frame is an access unit with start codes. One without a picture only brings parameter sets.
 */
public final class H265Writer implements MediaWriter {

  private static final H265Starts STARTS = new H265Starts();

  /** enough for the beginning of a slice header */
  private static final int HEAD_BYTES = 32;

  private final FrameAppender out;
  private final AccessUnit unit;
  private final NalWriter writer;
  private final UnitFinder units = new UnitFinder();
  private final NalList nals = units.nals();
  private final Prologue prologue = new Prologue();
  private final ByteBuf fragmented = Unpooled.buffer(HEAD_BYTES, Prologue.MAX_BYTES);

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
   * @param passesReordered whether pictures that are shown before one that was sent earlier pass as
   *     they are, with timestamps that go back; else the B pictures that nothing refers to are left
   *     out
   */
  public H265Writer(PayloadWriter out, int maxPayload, boolean passesReordered) {
    this.out = new FrameAppender(out, maxPayload);
    ParameterSets sets = new ParameterSets();
    unit = new AccessUnit(sets, this.out, new PictureOrder(passesReordered));
    writer = new NalWriter(this.out, sets, unit);
  }

  /** {@return what cuts a byte stream into access units for {@link #frame}} */
  public static FrameCutter cutter() {
    return new AccessUnitCutter(STARTS);
  }

  /**
   * {@return what puts payloads together into access units}
   *
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes
   */
  public static FrameAssembler assembler(boolean lengths) {
    return new NalAssembler(H265Nal.PAYLOADS, STARTS, lengths);
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

  /** {@return pictures at which decoding can start; any thread} */
  public long keyframes() {
    return unit.keyframes().get();
  }

  /** {@return the same, of no use because their parameter sets are not known; any thread} */
  public long keyframesWithoutParameterSets() {
    return unit.incomplete().get();
  }

  /** {@return B pictures: sent after one that they are shown before; any thread} */
  public long reorderedPictures() {
    return unit.reordered().get();
  }

  /** {@return those of them that were left out; any thread} */
  public long reorderedPicturesDropped() {
    return unit.reorderedDropped().get();
  }

  @Override
  public void accept(
      ByteBuf buf, int offset, int length, int time, boolean marker, boolean lostBefore) {
    Objects.checkFromIndexSize(offset, length, buf.capacity());
    if (lostBefore) {
      lose();
    }
    if (length == 0) {
      nothing(buf, offset, time, marker);
      return;
    }
    if (length < H265Nal.HEADER_BYTES || H265Nal.isForbidden(buf.getByte(offset))) {
      drop();
      return;
    }
    int type = H265Nal.type(buf.getByte(offset));
    if (type == H265Nal.FRAGMENT) {
      fragment(buf, offset, length, time, marker);
    } else if (type == H265Nal.PACI || !units.payload(buf, offset, length)) {
      drop();
    } else if (nals.size() == 0) {
      breakOff();
      nothing(buf, offset, time, marker);
    } else {
      breakOff();
      arrive(buf, nals.offset(0), time);
      whole(buf, offset, length, marker);
    }
  }

  /** takes a payload that has nothing for viewers: its marker may still end a picture */
  private void nothing(ByteBuf buf, int offset, int time, boolean marker) {
    if (marker && started && !ended && !fragmenting && time == timestamp) {
      arrive(buf, offset, time);
      if (unit.isShown()) {
        writer.writeFiller();
      }
      ended = true;
    }
  }

  /** begins the access unit of a NAL unit, if it is a new one */
  private void arrive(ByteBuf buf, int offset, int time) {
    boolean next =
        !started
            || time != timestamp
            || ended && STARTS.begins(buf, offset, buf.capacity() - offset);
    if (next) {
      started = true;
      timestamp = time;
      if (lost || !unit.mayWait()) {
        prologue.clear();
      }
      unit.begin(time, lost);
    } else if (lost) {
      prologue.clear();
      unit.gap();
    }
    lost = false;
    ended = false;
  }

  /** writes a payload of whole NAL units, as soon as there is a picture */
  private void whole(ByteBuf buf, int offset, int length, boolean marker) {
    int picture = inspect(buf);
    boolean asItIs = unit.isShown() && prologue.isEmpty() && !unit.lacksParameterSets();
    if (asItIs && units.isAsItWas() && length <= out.maxPayload()) {
      out.pass(buf, offset, length, marker);
    } else {
      writeApart(buf, picture, marker);
    }
    ended = marker;
  }

  /** index of the first NAL unit that does not precede the picture */
  private int inspect(ByteBuf buf) {
    int picture = unit.hasPicture() ? 0 : nals.size();
    for (int i = 0; i < nals.size(); i++) {
      if (unit.inspect(buf, nals.offset(i), nals.length(i))) {
        picture = i;
      }
    }
    return picture;
  }

  private void writeApart(ByteBuf buf, int picture, boolean marker) {
    for (int i = 0; i < picture; i++) {
      keep(buf, nals.offset(i), nals.length(i));
    }
    if (picture < nals.size()) {
      writeAhead();
    }
    for (int i = picture; i < nals.size() && unit.isShown(); i++) {
      boolean last = i == nals.size() - 1;
      writer.write(buf, nals.offset(i), nals.length(i), marker && last);
    }
  }

  /** keeps what precedes a picture; parameter sets without room are inserted where needed */
  private void keep(ByteBuf buf, int offset, int length) {
    if (!prologue.add(buf, offset, length)) {
      unit.leaveOut(buf, offset, length);
    }
  }

  /** writes what precedes the picture that has begun, once */
  private void writeAhead() {
    if (unit.isShown()) {
      writer.writeAhead(prologue.bytes(), prologue.nals());
      if (unit.takesParameterSets()) {
        writer.insertParameterSets();
      }
    }
    prologue.clear();
  }

  private void fragment(ByteBuf buf, int offset, int length, int time, boolean marker) {
    int fuHeader = length <= FuHeader.BYTES ? 0 : buf.getByte(offset + H265Nal.HEADER_BYTES);
    boolean start = FuHeader.isStart(fuHeader);
    boolean end = FuHeader.isEnd(fuHeader);
    int type = FuHeader.type(fuHeader);
    if (start) {
      breakOff();
    }
    if (length <= FuHeader.BYTES || start && end) {
      drop();
      return;
    }
    if (!H265Nal.isDefined(type)) {
      breakOff();
      nothing(buf, offset, time, marker);
      return;
    }
    if (!start && !continues(type, time)) {
      lose();
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
    fragmented.clear().writeByte(first).writeByte(buf.getByte(offset + 1));
    int from = offset + FuHeader.BYTES;
    int count = Math.min(HEAD_BYTES - fragmented.writerIndex(), length - FuHeader.BYTES);
    fragmented.writeBytes(buf, from, count);
    arrive(fragmented, 0, time);
    if (H265Nal.isSlice(fragmentedType)) {
      unit.inspect(fragmented, 0, fragmented.writerIndex());
      writeAhead();
    }
    fragmented.writerIndex(H265Nal.HEADER_BYTES);
  }

  private void writeFragment(ByteBuf buf, int offset, int length, int first, boolean marker) {
    int fuHeader = buf.getByte(offset + H265Nal.HEADER_BYTES);
    if (!unit.hasPicture()) {
      collect(buf, offset + FuHeader.BYTES, length - FuHeader.BYTES, FuHeader.isEnd(fuHeader));
      return;
    }
    if (!unit.isShown()) {
      return;
    }
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

  /**
   * joins a NAL unit that precedes the picture; one that is larger than what is kept is left out
   */
  private void collect(ByteBuf buf, int from, int count, boolean end) {
    boolean fits = count <= fragmented.maxWritableBytes() && fragmented.isReadable();
    if (fits) {
      fragmented.writeBytes(buf, from, count);
    } else {
      fragmented.clear();
    }
    if (fits && end) {
      unit.inspect(fragmented, 0, fragmented.writerIndex());
      keep(fragmented, 0, fragmented.writerIndex());
    }
  }

  @Override
  public boolean frame(ByteBuffer frame, int time) {
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    return accessUnit(buf, units.annexB(buf), time);
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
    return accessUnit(buf, units.lengthPrefixed(buf, lengthSize), time);
  }

  private boolean accessUnit(ByteBuf buf, boolean valid, int time) {
    breakOff();
    if (!valid) {
      drop();
    } else if (nals.size() > 0) {
      ended = true;
      arrive(buf, nals.offset(0), time);
      writeApart(buf, inspect(buf), true);
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
      lose();
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
