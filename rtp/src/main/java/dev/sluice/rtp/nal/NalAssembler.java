package dev.sluice.rtp.nal;

import dev.sluice.rtp.FrameAssembler;
import io.netty.buffer.ByteBuf;

/**
 * Puts access units together from single NAL units, aggregates and fragments (RFC 6184 section 5.2,
 * RFC 7798 section 4.4), with each NAL unit behind a start code of four bytes (annex B) or behind
 * its length.
 */
public final class NalAssembler implements FrameAssembler {
  private static final int START = 0x80;
  private static final int END = 0x40;

  private final PayloadStructure structure;
  private final UnitStarts starts;
  private final FramedNalUnits nalUnits;
  private boolean fragmented;

  /**
   * Makes an assembler.
   *
   * @param structure of the payloads
   * @param starts of the codec
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes
   */
  public NalAssembler(PayloadStructure structure, UnitStarts starts, boolean lengths) {
    this.structure = structure;
    this.starts = starts;
    nalUnits = new FramedNalUnits(lengths);
  }

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    int length = payload.readableBytes();
    if (length < structure.headerBytes()) {
      return false;
    }
    int at = payload.readerIndex();
    int type = structure.type(payload.getByte(at));
    if (type == structure.fragment()) {
      return length > structure.headerBytes() + 1 && fragment(payload, at, length, frame);
    }
    if (fragmented) {
      return false;
    }
    if (type == structure.aggregate()) {
      return nalUnits.appendAll(payload, at + structure.headerBytes(), at + length, frame);
    }
    nalUnits.append(payload, at, length, frame);
    return true;
  }

  private boolean fragment(ByteBuf payload, int at, int length, ByteBuf frame) {
    int header = payload.getByte(at + structure.headerBytes());
    boolean start = (header & START) != 0;
    if (start == fragmented) {
      return false;
    }
    if (start) {
      nalUnits.begin(frame);
      frame.writeByte(structure.withType(payload.getByte(at), header));
      frame.writeBytes(payload, at + 1, structure.headerBytes() - 1);
    }
    int body = structure.headerBytes() + 1;
    frame.writeBytes(payload, at + body, length - body);
    fragmented = (header & END) == 0;
    return true;
  }

  @Override
  public boolean hasBeginning(ByteBuf frame) {
    int first = FramedNalUnits.PREFIX_BYTES;
    return starts.begins(frame, first, frame.writerIndex() - first);
  }

  @Override
  public boolean end(ByteBuf frame) {
    boolean complete = nalUnits.end(frame) && !fragmented;
    fragmented = false;
    return complete;
  }
}
