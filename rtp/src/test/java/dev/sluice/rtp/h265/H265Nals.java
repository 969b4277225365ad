package dev.sluice.rtp.h265;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.Payload;
import dev.sluice.rtp.PayloadRecorder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Makes NAL units and payloads of H.265, and takes payloads apart. */
final class H265Nals {

  /** x265 of ffmpeg, 320x240, Main, level 2 */
  static final byte[] VPS = hex("40010c01ffff01600000030090000003000003003c959809");

  static final byte[] SPS =
      hex("42010101600000030090000003000003003ca00a080f165966924caf016a0202020880");
  static final byte[] PPS = hex("4401c172b46240");
  static final int IDR = 19;
  static final int CRA = 21;
  static final int TRAIL_N = 0;
  static final int TRAIL_R = 1;

  private H265Nals() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** the first slice of a picture, which refers to PPS 0 */
  static byte[] slice(int type, int length) {
    byte[] slice = new byte[length];
    new Random(length).nextBytes(slice);
    slice[0] = (byte) (type << 1);
    slice[1] = 1;
    slice[2] = (byte) 0xA0;
    return slice;
  }

  static byte[] temporal(byte[] nal, int temporalId) {
    nal[1] = (byte) (temporalId + 1);
    return nal;
  }

  static byte[] aggregate(byte[]... nals) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(hex("6001"));
    for (byte[] nal : nals) {
      out.write(nal.length >> 8);
      out.write(nal.length);
      out.writeBytes(nal);
    }
    return out.toByteArray();
  }

  static ByteBuffer annexB(byte[]... nals) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] nal : nals) {
      out.writeBytes(hex("00000001"));
      out.writeBytes(nal);
    }
    return ByteBuffer.wrap(out.toByteArray());
  }

  static List<Payload> fragments(byte[] nal, int size, int timestamp) {
    List<Payload> fragments = new ArrayList<>();
    for (int at = 2; at < nal.length; at += size) {
      int end = Math.min(nal.length, at + size);
      int fuHeader = nal[0] >> 1 | (at == 2 ? 0x80 : 0) | (end == nal.length ? 0x40 : 0);
      byte[] fragment = new byte[3 + end - at];
      fragment[0] = 49 << 1;
      fragment[1] = nal[1];
      fragment[2] = (byte) fuHeader;
      System.arraycopy(nal, at, fragment, 3, end - at);
      fragments.add(new Payload(fragment, timestamp, end == nal.length, false));
    }
    return fragments;
  }

  /** what a receiver makes of payloads (RFC 7798 section 4.4) */
  static List<byte[]> nals(PayloadRecorder recorder) {
    List<byte[]> nals = new ArrayList<>();
    ByteArrayOutputStream joining = new ByteArrayOutputStream();
    for (byte[] p : recorder.payloads()) {
      int type = p[0] >> 1 & 0x3F;
      if (type == 49) {
        if ((p[2] & 0x80) != 0) {
          assertThat(joining.size()).as("unfinished").isZero();
          joining.write((p[2] & 0x3F) << 1);
          joining.write(p[1]);
        }
        joining.write(p, 3, p.length - 3);
        if ((p[2] & 0x40) != 0) {
          nals.add(joining.toByteArray());
          joining.reset();
        }
      } else if (type == 48) {
        int at = 2;
        while (at < p.length) {
          int end = at + 2 + ((p[at] & 0xFF) << 8 | p[at + 1] & 0xFF);
          nals.add(Arrays.copyOfRange(p, at + 2, end));
          at = end;
        }
      } else {
        nals.add(p);
      }
    }
    assertThat(joining.size()).as("unfinished").isZero();
    return nals;
  }
}
