package dev.sluice.rtp.av1;

import dev.sluice.rtp.FrameAssembler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Puts temporal units together from OBU elements (AV1 RTP specification, section 4.3), in the
 * low-overhead bitstream format without temporal delimiters, as containers have it.
 */
public final class Av1Assembler implements FrameAssembler {
  private static final int MAX_HEADER = 2;

  /** more than any real unit has; else one that does not end would grow for ever */
  private static final int MAX_UNIT = 16 << 20;

  private final ObuElements elements = new ObuElements();
  private final Obu header = new Obu();
  private final ByteBuf head = Unpooled.buffer(MAX_HEADER, MAX_HEADER);
  private final ByteBuf unit = Unpooled.buffer();
  private boolean continued;

  /** Makes an assembler. */
  public Av1Assembler() {}

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    int length = payload.readableBytes();
    int at = payload.readerIndex();
    if (length == 0
        || !elements.wrap(payload, at, length)
        || AggregationHeader.continuesFirst(payload.getByte(at)) != continued) {
      return false;
    }
    while (elements.next()) {
      if (unit.writerIndex() > MAX_UNIT) {
        return false;
      }
      unit.writeBytes(payload, elements.offset(), elements.length());
      continued = elements.isContinued();
      if (!continued && !finish(frame)) {
        return false;
      }
    }
    return true;
  }

  /** a unit is whole: writes it with its size, which it may have had or not */
  private boolean finish(ByteBuf frame) {
    boolean wellFormed =
        header.read(unit, 0, unit.writerIndex()) && header.end() == unit.writerIndex();
    if (wellFormed && !header.isLeftOut()) {
      header.writeHeaderWithSize(head);
      frame.writeBytes(head, 0, header.headerBytes());
      Leb128.write(frame, header.end() - header.payload());
      frame.writeBytes(unit, header.payload(), header.end() - header.payload());
    }
    unit.clear();
    return wellFormed;
  }

  /** only a sequence header is known to be the first of its temporal unit */
  @Override
  public boolean hasBeginning(ByteBuf frame) {
    return Obu.type(frame.getByte(0)) == Obu.SEQUENCE_HEADER;
  }

  @Override
  public boolean end(ByteBuf frame) {
    boolean complete = frame.isReadable() && !continued;
    unit.clear();
    continued = false;
    return complete;
  }
}
