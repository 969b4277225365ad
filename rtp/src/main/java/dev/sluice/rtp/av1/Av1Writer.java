package dev.sluice.rtp.av1;

import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.MediaWriter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.frames.FrameAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * AV1 over RTP ("RTP Payload Format For AV1", version 1.0). Dependency descriptors are not needed.
 *
 * <ul>
 *   <li>A payload that fits passes with one copy into the log, and with an N bit that is right. Of
 *       a larger one the bytes go straight into the open packet of the log; no OBU is ever joined.
 *   <li>A temporal unit is a keyframe if its first frame is a key frame that is shown, and a
 *       sequence header is known. Where it carries none, the newest one is inserted before that
 *       frame.
 *   <li>Fragments whose beginning is missing and what is malformed are dropped, and a sequence
 *       number is left out so that viewers see the loss.
 * </ul>
 *
 * <p>A frame is a temporal unit in the low-overhead bitstream format (AV1 specification 5.2), as
 * encoders and containers have it. Temporal delimiters, tile lists and padding are left out, and so
 * are the sizes of OBUs. One without a frame only brings a sequence header.
 */
public final class Av1Writer implements MediaWriter {

  /** what {@link #profile()} returns before the first sequence header */
  public static final int UNKNOWN_PROFILE = TemporalUnit.UNKNOWN_PROFILE;

  private static final int NOWHERE = -1;
  private static final int MAX_HEADER = 2;

  private final FrameAppender out;
  private final TemporalUnit unit;
  private final ObuPackets packets;
  private final ObuElements elements = new ObuElements();
  private final Obu obu = new Obu();
  private final ByteBuf head = Unpooled.buffer(MAX_HEADER, MAX_HEADER);

  private boolean started;
  private int timestamp;
  private boolean ended;
  private boolean continued;

  /**
   * Makes a writer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public Av1Writer(PayloadWriter out, int maxPayload) {
    this.out = new FrameAppender(out, maxPayload);
    unit = new TemporalUnit(this.out);
    packets = new ObuPackets(this.out);
  }

  /** {@return what cuts a byte stream into temporal units for {@link #frame}} */
  public static FrameCutter cutter() {
    return new TemporalUnitCutter();
  }

  /** {@return the profile of the newest sequence header, 0 to 2 in use; any thread} */
  public int profile() {
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
    if (!elements.wrap(buf, offset, length)) {
      drop();
      return;
    }
    int header = buf.getByte(offset);
    boolean next = !started || time != timestamp || ended;
    boolean follows = !next && continued;
    if (continued && (next || !AggregationHeader.continuesFirst(header))) {
      lose();
    }
    if (AggregationHeader.continuesFirst(header) && !follows) {
      lose();
      return;
    }
    if (next) {
      begin(time, AggregationHeader.beginsSequence(header));
    }
    write(buf, offset, length, marker);
    continued = AggregationHeader.continuesLast(header);
    ended = marker;
  }

  private void begin(int time, boolean beginsSequence) {
    started = true;
    timestamp = time;
    out.begin(time);
    unit.begin(beginsSequence);
  }

  private void write(ByteBuf buf, int offset, int length, boolean marker) {
    int insertAt = inspect(buf);
    boolean beginsSequence = unit.beginsSequence();
    if (length <= out.maxPayload() && !packets.isOpen() && insertAt == NOWHERE) {
      pass(buf, offset, length, beginsSequence, marker);
    } else {
      if (beginsSequence) {
        packets.beginSequence();
      }
      writeApart(buf, insertAt, marker);
    }
  }

  /** index of the element that a sequence header has to be inserted before */
  private int inspect(ByteBuf buf) {
    int insertAt = NOWHERE;
    elements.rewind();
    while (elements.next()) {
      int limit = elements.offset() + elements.length();
      if (!elements.isContinuation()
          && obu.read(buf, elements.offset(), limit)
          && unit.inspect(obu, buf, limit, !elements.isContinued())) {
        insertAt = elements.index();
      }
    }
    return insertAt;
  }

  private void pass(ByteBuf buf, int offset, int length, boolean beginsSequence, boolean marker) {
    out.open(length);
    buf.getBytes(offset, out.array(), out.offset(), length);
    out.array()[out.offset()] = AggregationHeader.withSequence(buf.getByte(offset), beginsSequence);
    out.commit(length, marker);
  }

  private void writeApart(ByteBuf buf, int insertAt, boolean marker) {
    boolean open = false;
    elements.rewind();
    while (elements.next()) {
      if (elements.index() == insertAt) {
        insertSequenceHeader();
      }
      if (!elements.isContinuation() || !packets.isOpen()) {
        packets.begin(elements.isContinuation());
      }
      packets.append(buf, elements.offset(), elements.length());
      open = elements.isContinued();
      if (!open) {
        packets.endElement();
      }
    }
    if (!open) {
      packets.flush(marker);
    }
  }

  private void insertSequenceHeader() {
    packets.begin(false);
    packets.append(unit.sequenceHeader(), 0, unit.sequenceHeader().readableBytes());
    packets.endElement();
  }

  @Override
  public boolean frame(ByteBuffer frame, int time) {
    if (continued) {
      lose();
    }
    ByteBuf buf = Unpooled.wrappedBuffer(frame.duplicate());
    if (!isWellFormed(buf)) {
      drop();
      return false;
    }
    begin(time, false);
    int insertAt = inspectFrame(buf);
    if (unit.hasFrame()) {
      if (unit.beginsSequence()) {
        packets.beginSequence();
      }
      writeFrame(buf, insertAt);
    }
    return true;
  }

  private boolean isWellFormed(ByteBuf buf) {
    int end = buf.readableBytes();
    int at = 0;
    while (at < end && !Obu.isForbidden(buf.getByte(at)) && obu.read(buf, at, end)) {
      at = obu.end();
    }
    return at == end && end > 0;
  }

  /** index of the OBU's first byte that a sequence header has to be inserted before */
  private int inspectFrame(ByteBuf buf) {
    int insertAt = NOWHERE;
    for (int at = 0; at < buf.readableBytes(); at = obu.end()) {
      obu.read(buf, at, buf.readableBytes());
      if (unit.inspect(obu, buf, obu.end(), true)) {
        insertAt = at;
      }
    }
    return insertAt;
  }

  private void writeFrame(ByteBuf buf, int insertAt) {
    for (int at = 0; at < buf.readableBytes(); at = obu.end()) {
      if (at == insertAt) {
        insertSequenceHeader();
      }
      obu.read(buf, at, buf.readableBytes());
      if (!obu.isLeftOut()) {
        obu.writeHeader(head);
        packets.begin(false);
        packets.append(head, 0, obu.headerBytes());
        packets.append(buf, obu.payload(), obu.end() - obu.payload());
        packets.endElement();
      }
    }
    packets.flush(true);
    ended = true;
  }

  @Override
  public void end() {
    if (continued) {
      lose();
    }
  }

  @Override
  public long malformed() {
    return out.malformed();
  }

  private void drop() {
    out.drop();
    lose();
  }

  /** what has begun gets no further bytes */
  private void lose() {
    out.lose();
    packets.abandon();
    continued = false;
  }
}
