package dev.sluice.examples.recording;

import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.mp4parser.boxes.sampleentry.AbstractSampleEntry;
import org.mp4parser.boxes.sampleentry.AudioSampleEntry;

/**
 * Opus, and G.711, which players take that know QuickTime's names for it (browsers do not).
 *
 * @param codec of these
 * @param channels 1 or 2
 */
record AudioFormat(Codec codec, int channels) implements SampleFormat {

  static boolean exists(Codec codec) {
    return codec == Codec.OPUS || codec == Codec.PCMU || codec == Codec.PCMA;
  }

  static AudioFormat of(TrackDescription track) {
    int channels = track.parameters() instanceof OpusParameters opus ? opus.channels() : 1;
    return new AudioFormat(track.codec(), channels);
  }

  @Override
  public AbstractSampleEntry entry() {
    AudioSampleEntry entry = new AudioSampleEntry(type());
    entry.setDataReferenceIndex(1);
    entry.setChannelCount(channels);
    entry.setSampleSize(16);
    entry.setSampleRate(codec.clockRate());
    if (codec == Codec.OPUS) {
      entry.addBox(new OpusSpecificBox(channels));
    }
    return entry;
  }

  private String type() {
    return switch (codec) {
      case PCMU -> "ulaw";
      case PCMA -> "alaw";
      default -> "Opus";
    };
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public int height() {
    return 0;
  }

  @Override
  public void write(ByteBuffer frame, ByteArrayOutputStream out) {
    Samples.append(frame, out);
  }
}
