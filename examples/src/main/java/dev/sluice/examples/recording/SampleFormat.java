package dev.sluice.examples.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.mp4parser.boxes.sampleentry.AbstractSampleEntry;

/** How a track's frames lie in a file. Two that are equal can share one. */
interface SampleFormat {

  /** the track's sample description, made anew */
  AbstractSampleEntry entry();

  /** of pictures, in pixels; else 0 */
  int width();

  /** of pictures, in pixels; else 0 */
  int height();

  /** appends a frame as a sample: without what the sample description has already */
  void write(ByteBuffer frame, ByteArrayOutputStream out);
}
