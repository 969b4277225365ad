package dev.sluice.rtp.h264;

import dev.sluice.rtp.FrameAssembler;
import io.netty.buffer.ByteBuf;

/**
 * Puts access units together from single NAL units, STAP-A and FU-A (RFC 6184, section 5.2), with
 * each NAL unit behind a start code of four bytes (H.264 annex B) or behind its length.
 */
public final class H264Assembler implements FrameAssembler {
  private static final int PREFIX_BYTES = 4;
  private static final int START_CODE = 1;

  private final boolean lengths;
  private boolean begun;
  private boolean fragmented;
  private int nalStart;

  /**
   * Makes an assembler.
   *
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes
   */
  public H264Assembler(boolean lengths) {
    this.lengths = lengths;
  }

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    int length = payload.readableBytes();
    if (length == 0) {
      return false;
    }
    int at = payload.readerIndex();
    return switch (NalUnit.type(payload.getByte(at))) {
      case NalUnit.STAP_A -> !fragmented && aggregate(payload, at, length, frame);
      case NalUnit.FU_A -> length > FuA.PAYLOAD_OFFSET && fragment(payload, at, length, frame);
      default -> !fragmented && nalUnit(payload, at, length, frame);
    };
  }

  private boolean aggregate(ByteBuf payload, int offset, int length, ByteBuf frame) {
    int end = offset + length;
    int at = offset + StapA.HEADER_BYTES;
    while (end - at > StapA.SIZE_BYTES) {
      int size = payload.getUnsignedShort(at);
      at += StapA.SIZE_BYTES;
      if (size == 0 || size > end - at) {
        return false;
      }
      nalUnit(payload, at, size, frame);
      at += size;
    }
    return at == end;
  }

  private boolean nalUnit(ByteBuf payload, int at, int length, ByteBuf frame) {
    begin(frame);
    frame.writeBytes(payload, at, length);
    return true;
  }

  private boolean fragment(ByteBuf payload, int at, int length, ByteBuf frame) {
    int header = payload.getByte(at + FuA.HEADER_OFFSET);
    if (FuA.isStart(header) == fragmented) {
      return false;
    }
    if (FuA.isStart(header)) {
      begin(frame);
      frame.writeByte(FuA.nalHeader(payload.getByte(at), header));
    }
    frame.writeBytes(payload, at + FuA.PAYLOAD_OFFSET, length - FuA.PAYLOAD_OFFSET);
    fragmented = !FuA.isEnd(header);
    return true;
  }

  private void begin(ByteBuf frame) {
    finish(frame);
    begun = true;
    nalStart = frame.writerIndex();
    frame.writeInt(START_CODE);
  }

  private void finish(ByteBuf frame) {
    if (begun && lengths) {
      frame.setInt(nalStart, frame.writerIndex() - nalStart - PREFIX_BYTES);
    }
  }

  @Override
  public boolean end(ByteBuf frame) {
    boolean complete = begun && !fragmented;
    finish(frame);
    begun = false;
    fragmented = false;
    return complete;
  }
}
