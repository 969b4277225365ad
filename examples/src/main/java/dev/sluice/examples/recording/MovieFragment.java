package dev.sluice.examples.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.mp4parser.boxes.iso14496.part12.MovieFragmentBox;
import org.mp4parser.boxes.iso14496.part12.MovieFragmentHeaderBox;

/** A movie fragment, its wall-clock time and its media data (ISO/IEC 14496-12, section 8.8). */
final class MovieFragment {
  private static final int BOX_HEADER_BYTES = 8;

  private MovieFragment() {}

  /**
   * {@return the bytes of all three}
   *
   * @param sequenceNumber from 1
   * @param runs one a track that has samples; one at least
   */
  static ByteBuffer of(long sequenceNumber, List<SampleRun> runs) throws IOException {
    int dataOffset = Math.toIntExact(box(sequenceNumber, runs, 0).getSize()) + BOX_HEADER_BYTES;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WritableByteChannel channel = Channels.newChannel(bytes);
    runs.get(0).referenceTime().getBox(channel);
    box(sequenceNumber, runs, dataOffset).getBox(channel);
    int length = runs.stream().mapToInt(run -> run.data().length).sum();
    bytes.writeBytes(mediaDataHeader(BOX_HEADER_BYTES + length));
    runs.forEach(run -> bytes.writeBytes(run.data()));
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private static MovieFragmentBox box(long sequenceNumber, List<SampleRun> runs, int dataOffset) {
    MovieFragmentHeaderBox header = new MovieFragmentHeaderBox();
    header.setSequenceNumber(sequenceNumber);
    MovieFragmentBox fragment = new MovieFragmentBox();
    fragment.addBox(header);
    int offset = dataOffset;
    for (SampleRun run : runs) {
      fragment.addBox(run.box(offset));
      offset += run.data().length;
    }
    return fragment;
  }

  private static byte[] mediaDataHeader(int size) {
    return ByteBuffer.allocate(BOX_HEADER_BYTES)
        .putInt(size)
        .put(new byte[] {'m', 'd', 'a', 't'})
        .array();
  }
}
