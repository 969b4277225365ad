package dev.sluice.examples.recording;

import java.util.List;
import org.mp4parser.boxes.iso14496.part12.SampleFlags;
import org.mp4parser.boxes.iso14496.part12.TrackFragmentBaseMediaDecodeTimeBox;
import org.mp4parser.boxes.iso14496.part12.TrackFragmentBox;
import org.mp4parser.boxes.iso14496.part12.TrackFragmentHeaderBox;
import org.mp4parser.boxes.iso14496.part12.TrackRunBox;

/** The samples of one track within a fragment, one at least. */
final class SampleRun {
  private static final int DEPENDS_ON_OTHERS = 1;
  private static final int DEPENDS_ON_NONE = 2;

  private final RecordedTrack track;
  private final List<Sample> samples;
  private final long[] decodedAt;
  private final byte[] data;

  /**
   * Makes a run.
   *
   * @param track whose
   * @param samples in the order in which they are decoded
   * @param decodedAt when each of them is, and when the last one's time is over
   * @param data their bytes
   */
  SampleRun(RecordedTrack track, List<Sample> samples, long[] decodedAt, byte[] data) {
    this.track = track;
    this.samples = samples;
    this.decodedAt = decodedAt;
    this.data = data;
  }

  byte[] data() {
    return data;
  }

  /** {@return when its last sample's time is over, since the file's beginning} */
  long endMillis() {
    return decodedAt[samples.size()] * 1000 / track.clockRate();
  }

  /** {@return what time it was at the first of them} */
  ProducerReferenceTimeBox referenceTime() {
    Sample first = samples.get(0);
    return new ProducerReferenceTimeBox(track.id(), first.shownAt(), first.takenAt());
  }

  /**
   * {@return what the fragment says of them}
   *
   * @param dataOffset of their bytes behind the beginning of the fragment
   */
  TrackFragmentBox box(int dataOffset) {
    TrackFragmentHeaderBox header = new TrackFragmentHeaderBox();
    header.setTrackId(track.id());
    header.setDefaultBaseIsMoof(true);
    TrackFragmentBaseMediaDecodeTimeBox time = new TrackFragmentBaseMediaDecodeTimeBox();
    time.setVersion(1);
    time.setBaseMediaDecodeTime(decodedAt[0]);
    TrackRunBox run = new TrackRunBox();
    run.setVersion(1); // composition times of either sign
    run.setSampleDurationPresent(true);
    run.setSampleSizePresent(true);
    run.setSampleFlagsPresent(track.isVideo());
    run.setSampleCompositionTimeOffsetPresent(track.isVideo());
    run.setDataOffset(dataOffset);
    for (int i = 0; i < samples.size(); i++) {
      run.getEntries().add(entry(i));
    }
    TrackFragmentBox box = new TrackFragmentBox();
    box.addBox(header);
    box.addBox(time);
    box.addBox(run);
    return box;
  }

  private TrackRunBox.Entry entry(int i) {
    Sample sample = samples.get(i);
    SampleFlags flags = new SampleFlags();
    flags.setSampleDependsOn(sample.isKeyframe() ? DEPENDS_ON_NONE : DEPENDS_ON_OTHERS);
    flags.setSampleIsDifferenceSample(!sample.isKeyframe());
    long duration = decodedAt[i + 1] - decodedAt[i];
    int compositionOffset = (int) (sample.shownAt() - decodedAt[i]);
    return new TrackRunBox.Entry(duration, sample.bytes(), flags, compositionOffset);
  }
}
