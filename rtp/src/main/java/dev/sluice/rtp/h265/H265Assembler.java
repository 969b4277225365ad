package dev.sluice.rtp.h265;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.nal.FramedNalUnits;
import io.netty.buffer.ByteBuf;

/**
 * Puts access units together from single NAL units, aggregation packets and fragmentation units
 * (RFC 7798, section 4.4), with each NAL unit behind a start code of four bytes (H.265 annex B) or
 * behind its length.
 */
public final class H265Assembler implements FrameAssembler {
  private final FramedNalUnits nalUnits;
  private boolean fragmented;

  /**
   * Makes an assembler.
   *
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes
   */
  public H265Assembler(boolean lengths) {
    nalUnits = new FramedNalUnits(lengths);
  }

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    int length = payload.readableBytes();
    if (length < H265Nal.HEADER_BYTES) {
      return false;
    }
    int at = payload.readerIndex();
    int type = H265Nal.type(payload.getByte(at));
    if (type == H265Nal.FRAGMENT) {
      return length > FuHeader.BYTES && fragment(payload, at, length, frame);
    }
    if (fragmented) {
      return false;
    }
    if (type == H265Nal.AGGREGATE) {
      return nalUnits.appendAll(payload, at + H265Nal.HEADER_BYTES, at + length, frame);
    }
    nalUnits.append(payload, at, length, frame);
    return true;
  }

  private boolean fragment(ByteBuf payload, int at, int length, ByteBuf frame) {
    int header = payload.getByte(at + H265Nal.HEADER_BYTES);
    if (FuHeader.isStart(header) == fragmented) {
      return false;
    }
    if (FuHeader.isStart(header)) {
      nalUnits.begin(frame);
      frame.writeByte(H265Nal.withType(payload.getByte(at), FuHeader.type(header)));
      frame.writeByte(payload.getByte(at + 1));
    }
    frame.writeBytes(payload, at + FuHeader.BYTES, length - FuHeader.BYTES);
    fragmented = !FuHeader.isEnd(header);
    return true;
  }

  @Override
  public boolean end(ByteBuf frame) {
    boolean complete = nalUnits.end(frame) && !fragmented;
    fragmented = false;
    return complete;
  }
}
