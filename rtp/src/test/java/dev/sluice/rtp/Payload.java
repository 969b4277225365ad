package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A payload on its way in. */
public record Payload(byte[] bytes, int timestamp, boolean marker, boolean lostBefore) {

  private static final int AROUND = 5;

  public static Payload of(String hex, int timestamp, boolean marker) {
    return new Payload(HexFormat.of().parseHex(hex.replace(" ", "")), timestamp, marker, false);
  }

  /** what a descriptor and the bytes behind it make */
  public static Payload of(String descriptor, byte[] data, int timestamp, boolean marker) {
    byte[] front = of(descriptor, 0, false).bytes();
    byte[] bytes = Arrays.copyOf(front, front.length + data.length);
    System.arraycopy(data, 0, bytes, front.length, data.length);
    return new Payload(bytes, timestamp, marker, false);
  }

  /** a frame in payloads of one size behind one descriptor, the marker on the last */
  public static List<Payload> split(String descriptor, byte[] frame, int timestamp, int size) {
    List<Payload> payloads = new ArrayList<>();
    for (int at = 0; at < frame.length; at += size) {
      int end = Math.min(frame.length, at + size);
      byte[] piece = Arrays.copyOfRange(frame, at, end);
      payloads.add(of(descriptor, piece, timestamp, end == frame.length));
    }
    return payloads;
  }

  public Payload afterLoss() {
    return new Payload(bytes, timestamp, marker, true);
  }

  /** hands it over in the middle of a direct buffer */
  public void feed(MediaWriter writer) {
    ByteBuf buf = Unpooled.directBuffer().writeZero(AROUND).writeBytes(bytes).writeZero(AROUND);
    try {
      writer.accept(buf, AROUND, bytes.length, timestamp, marker, lostBefore);
    } finally {
      buf.release();
    }
  }

  public static void feed(MediaWriter writer, List<Payload> payloads) {
    payloads.forEach(payload -> payload.feed(writer));
  }
}
