package dev.sluice.examples.recording;

import org.mp4parser.Box;
import org.mp4parser.boxes.sampleentry.VisualSampleEntry;

/** Sample descriptions of video. */
final class VisualEntries {
  private static final int PIXELS_PER_INCH = 72;
  private static final int DEPTH = 24;

  private VisualEntries() {}

  /** describes samples of a size, and of a codec by its configuration */
  static VisualSampleEntry of(String type, SampleFormat format, Box configuration) {
    VisualSampleEntry entry = new VisualSampleEntry(type);
    entry.setDataReferenceIndex(1);
    entry.setWidth(format.width());
    entry.setHeight(format.height());
    entry.setHorizresolution(PIXELS_PER_INCH);
    entry.setVertresolution(PIXELS_PER_INCH);
    entry.setFrameCount(1);
    entry.setDepth(DEPTH);
    entry.addBox(configuration);
    return entry;
  }
}
