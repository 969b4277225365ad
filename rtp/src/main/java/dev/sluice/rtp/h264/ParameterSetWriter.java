package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.NalList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Collects the parameter sets that a picture needs and its access unit does not carry. */
final class ParameterSetWriter {

  private final ParameterSets sets;
  private final AccessUnit unit;
  private final int maxPayload;
  private final ByteBuf bytes = Unpooled.buffer(256);
  private final NalList nals = new NalList();
  private int payload;

  ParameterSetWriter(ParameterSets sets, AccessUnit unit, int maxPayload) {
    this.sets = sets;
    this.unit = unit;
    this.maxPayload = maxPayload;
  }

  /** where the parameter sets of {@link #collect()} are */
  ByteBuf bytes() {
    return bytes;
  }

  /**
   * Collects the PPS of the picture and its SPS, and after them all others that still fit into the
   * same payload, since later pictures may refer to them. They count as carried from here on.
   */
  NalList collect() {
    bytes.clear();
    nals.clear();
    payload = StapA.HEADER_BYTES;
    int pps = unit.activePps();
    int sps = sets.spsOfPps(pps);
    if (!unit.carriesSps(sps)) {
      addSps(sps);
    }
    addPps(pps);
    addOthers();
    return nals;
  }

  private void addOthers() {
    for (int id = 0; id < ParameterSets.SPS_IDS; id++) {
      if (!unit.carriesSps(id) && fits(sets.sps(id))) {
        addSps(id);
      }
    }
    for (int id = 0; id < ParameterSets.PPS_IDS; id++) {
      if (!unit.carriesPps(id) && fits(sets.pps(id)) && unit.carriesSps(sets.spsOfPps(id))) {
        addPps(id);
      }
    }
  }

  private boolean fits(@Nullable ByteBuf set) {
    return set != null && payload + StapA.SIZE_BYTES + set.readableBytes() <= maxPayload;
  }

  private void addSps(int id) {
    add(sets.sps(id));
    unit.markSps(id);
  }

  private void addPps(int id) {
    add(sets.pps(id));
    unit.markPps(id);
  }

  private void add(@Nullable ByteBuf set) {
    if (set != null) {
      nals.add(bytes.writerIndex(), set.readableBytes());
      bytes.writeBytes(set, 0, set.readableBytes());
      payload += StapA.SIZE_BYTES + set.readableBytes();
    }
  }
}
