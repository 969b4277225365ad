package dev.sluice.examples.recording;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mp4parser.muxer.tracks.CleanInputStream;

/** NAL units behind their lengths. */
final class NalUnits {
  private NalUnits() {}

  /** the frame's NAL units, as parts of it */
  static List<ByteBuffer> of(ByteBuffer frame) {
    ByteBuffer rest = frame.duplicate();
    List<ByteBuffer> units = new ArrayList<>();
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      units.add(rest.slice(rest.position(), length));
      rest.position(rest.position() + length);
    }
    return units;
  }

  /** copies of those units */
  static List<ByteBuffer> copies(List<ByteBuffer> units, Predicate<ByteBuffer> which) {
    return units.stream().filter(which).map(unit -> ByteBuffer.wrap(Samples.bytes(unit))).toList();
  }

  /** what is behind the unit's header, without emulation prevention */
  static InputStream payload(ByteBuffer unit, int headerBytes) {
    byte[] bytes = Samples.bytes(unit);
    return new CleanInputStream(
        new ByteArrayInputStream(bytes, headerBytes, bytes.length - headerBytes));
  }

  /** appends those of the frame's units, with their lengths */
  static void write(ByteBuffer frame, Predicate<ByteBuffer> which, ByteArrayOutputStream out) {
    for (ByteBuffer unit : of(frame)) {
      if (which.test(unit)) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(unit.remaining()).array());
        Samples.append(unit, out);
      }
    }
  }
}
