package dev.sluice.rtp.h264;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.nal.AccessUnitCutter;
import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.LengthPrefixed;
import dev.sluice.rtp.nal.NalAssembler;
import dev.sluice.rtp.nal.NalList;
import dev.sluice.rtp.nal.PayloadStructure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the access units that a host pushes into RTP payloads of packetization-mode 1 (RFC 6184):
 * small NAL units aggregated, large ones fragmented in equal sizes, the marker bit on the last
 * packet, and with parameter sets wherever decoding can start (see {@link H264Normalizer}).
 *
 * <p>Filler data and NAL units that H.264 does not define are left out. An access unit without a
 * picture, such as the codec configuration that some encoders give out first, goes with the next
 * one that has a picture.
 *
 * <p>An access unit is written whole or, if its framing is malformed, not at all; then it is
 * counted, and a sequence number is left out so that viewers see the loss. Nothing is thrown for
 * what it holds.
 *
 * <p>One object serves one stream. Used by one thread at a time.
 */
public final class H264Packetizer {

  private static final PayloadStructure PAYLOADS =
      new PayloadStructure(1, 0, NalUnit.TYPE_MASK, NalUnit.STAP_A, NalUnit.FU_A);

  private final H264Counters counters = new H264Counters();
  private final NalList found = new NalList();
  private final UnitFinder units = new UnitFinder(counters);
  private final AccessUnitWriter writer;

  /**
   * Makes a packetizer that leaves out the B pictures that nothing refers to.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   */
  public H264Packetizer(PayloadWriter out, int maxPayload) {
    this(out, maxPayload, false);
  }

  /**
   * Makes a packetizer.
   *
   * @param out gets the payloads
   * @param maxPayload size limit of the payloads, in bytes, 32 to 65,535
   * @param passesReordered as for {@link H264Normalizer#H264Normalizer(PayloadWriter, int,
   *     boolean)}
   */
  public H264Packetizer(PayloadWriter out, int maxPayload, boolean passesReordered) {
    writer = new AccessUnitWriter(out, maxPayload, passesReordered, counters);
  }

  /** {@return what cuts a byte stream into access units for {@link #annexB}} */
  public static FrameCutter cutter() {
    return new AccessUnitCutter(new H264Starts());
  }

  /**
   * {@return what puts payloads together into access units}
   *
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes
   */
  public static FrameAssembler assembler(boolean lengths) {
    return new NalAssembler(PAYLOADS, new H264Starts(), lengths);
  }

  /**
   * Writes an access unit of NAL units behind start codes (H.264 annex B), the first of which it
   * begins with.
   *
   * @param accessUnit position to limit, heap or direct; borrowed until the call returns, its
   *     position is left alone
   * @param timestamp RTP timestamp, 90 kHz
   * @return false if it is malformed and was dropped
   */
  public boolean annexB(ByteBuffer accessUnit, int timestamp) {
    ByteBuf buf = wrap(accessUnit);
    boolean valid = AnnexB.parse(buf, 0, accessUnit.remaining(), found);
    return write(buf, timestamp, valid);
  }

  /**
   * Writes an access unit of NAL units behind their lengths, as in MP4 and Matroska files (ISO/IEC
   * 14496-15).
   *
   * @param accessUnit as for {@link #annexB}
   * @param lengthSize size of each length, in bytes, big-endian: 1, 2 or 4
   * @param timestamp RTP timestamp, 90 kHz
   * @return false if it is malformed and was dropped
   */
  public boolean lengthPrefixed(ByteBuffer accessUnit, int lengthSize, int timestamp) {
    if (lengthSize != 1 && lengthSize != 2 && lengthSize != 4) {
      throw new IllegalArgumentException("lengthSize is " + lengthSize + ", not 1, 2 or 4");
    }
    ByteBuf buf = wrap(accessUnit);
    boolean valid = LengthPrefixed.parse(buf, accessUnit.remaining(), lengthSize, found);
    return write(buf, timestamp, valid);
  }

  /**
   * Keeps a parameter set that came out of band. One within an access unit replaces it later.
   *
   * @param nal an SPS or PPS NAL unit without start code; copied
   */
  public void parameterSet(byte[] nal) {
    writer.parameterSet(nal);
  }

  /** {@return what happened to the stream} */
  public H264Counters counters() {
    return counters;
  }

  /**
   * {@return the SPS of the newest keyframe, or one known in advance; null if there is none yet}
   */
  public @Nullable SequenceParameterSet sequenceParameterSet() {
    return writer.sequenceParameterSet();
  }

  private boolean write(ByteBuf buf, int timestamp, boolean valid) {
    if (!valid || found.size() == 0) {
      counters.increment(H264Counter.MALFORMED_ACCESS_UNIT);
      writer.gap();
      return false;
    }
    units.clear();
    for (int i = 0; i < found.size(); i++) {
      units.add(buf, found.offset(i), found.length(i));
    }
    writer.begin(timestamp, false);
    int insertAt = writer.inspect(buf, units.nals());
    writer.write(buf, units.nals(), insertAt, Boundary.LAST);
    return true;
  }

  /** one small object for each access unit; the bytes are not copied */
  private static ByteBuf wrap(ByteBuffer accessUnit) {
    return Unpooled.wrappedBuffer(accessUnit.duplicate());
  }
}
