package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Feeds payloads to a normalizer, from heap and direct buffers in turn. */
final class Feed {

  final RecordedLog log = new RecordedLog();
  final H264Normalizer normalizer;
  final int maxPayload;
  private boolean lost;
  private int turn;

  Feed(int maxPayload) {
    this(maxPayload, false);
  }

  Feed(int maxPayload, boolean passesReordered) {
    this.maxPayload = maxPayload;
    normalizer = new H264Normalizer(log, maxPayload, passesReordered);
  }

  Feed knowing(byte[]... parameterSets) {
    for (byte[] set : parameterSets) {
      normalizer.parameterSet(set);
    }
    return this;
  }

  /** lets the source set a marker too many, in an access unit of two slices */
  Feed doubting() {
    int timestamp = Integer.MIN_VALUE;
    return send(Nals.slice(20), timestamp, true)
        .send(Nals.slice(NalUnit.SLICE, 5, 0, 20), timestamp, true);
  }

  Feed send(byte[] payload, int timestamp, boolean marker) {
    int margin = turn % 3 == 0 ? 5 : 0;
    int capacity = margin + payload.length + margin;
    ByteBuf buf = turn++ % 2 == 0 ? Unpooled.directBuffer(capacity) : Unpooled.buffer(capacity);
    buf.setBytes(margin, payload);
    normalizer.accept(buf, margin, payload.length, timestamp, marker, lost);
    lost = false;
    buf.release();
    return this;
  }

  Feed lose() {
    lost = true;
    return this;
  }

  long count(H264Counter counter) {
    return normalizer.counters().get(counter);
  }

  /** an FU-A payload of a NAL unit's bytes */
  static byte[] fu(byte[] nal, int from, int to, boolean start, boolean end) {
    byte[] payload = new byte[2 + to - from];
    payload[0] = (byte) (nal[0] & 0x60 | 28);
    payload[1] = (byte) ((start ? 0x80 : 0) | (end ? 0x40 : 0) | nal[0] & 31);
    System.arraycopy(nal, from, payload, 2, to - from);
    return payload;
  }

  static byte[] stapA(byte[]... nals) {
    ByteBuf buf = Unpooled.buffer();
    int refIdc = 0;
    for (byte[] nal : nals) {
      refIdc = Math.max(refIdc, nal.length == 0 ? 0 : nal[0] & 0x60);
    }
    buf.writeByte(refIdc | 24);
    for (byte[] nal : nals) {
      buf.writeShort(nal.length).writeBytes(nal);
    }
    byte[] payload = new byte[buf.readableBytes()];
    buf.readBytes(payload);
    return payload;
  }
}
