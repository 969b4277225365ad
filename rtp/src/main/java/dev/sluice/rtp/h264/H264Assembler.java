package dev.sluice.rtp.h264;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.nal.FramedNalUnits;
import io.netty.buffer.ByteBuf;

/**
 * Puts access units together from single NAL units, STAP-A and FU-A (RFC 6184, section 5.2), with
 * each NAL unit behind a start code of four bytes (H.264 annex B) or behind its length.
 */
public final class H264Assembler implements FrameAssembler {
  private final FramedNalUnits nalUnits;
  private boolean fragmented;

  /**
   * Makes an assembler.
   *
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes
   */
  public H264Assembler(boolean lengths) {
    nalUnits = new FramedNalUnits(lengths);
  }

  @Override
  public boolean append(ByteBuf payload, ByteBuf frame) {
    int length = payload.readableBytes();
    if (length == 0) {
      return false;
    }
    int at = payload.readerIndex();
    int type = NalUnit.type(payload.getByte(at));
    if (type == NalUnit.FU_A) {
      return length > FuA.PAYLOAD_OFFSET && fragment(payload, at, length, frame);
    }
    if (fragmented) {
      return false;
    }
    if (type == NalUnit.STAP_A) {
      return nalUnits.appendAll(payload, at + StapA.HEADER_BYTES, at + length, frame);
    }
    nalUnits.append(payload, at, length, frame);
    return true;
  }

  private boolean fragment(ByteBuf payload, int at, int length, ByteBuf frame) {
    int header = payload.getByte(at + FuA.HEADER_OFFSET);
    if (FuA.isStart(header) == fragmented) {
      return false;
    }
    if (FuA.isStart(header)) {
      nalUnits.begin(frame);
      frame.writeByte(FuA.nalHeader(payload.getByte(at), header));
    }
    frame.writeBytes(payload, at + FuA.PAYLOAD_OFFSET, length - FuA.PAYLOAD_OFFSET);
    fragmented = !FuA.isEnd(header);
    return true;
  }

  @Override
  public boolean end(ByteBuf frame) {
    boolean complete = nalUnits.end(frame) && !fragmented;
    fragmented = false;
    return complete;
  }
}
