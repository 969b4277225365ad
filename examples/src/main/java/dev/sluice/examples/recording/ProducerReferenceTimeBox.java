package dev.sluice.examples.recording;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.mp4parser.support.AbstractFullBox;

/** What time it was at a sample (ISO/IEC 14496-12, section 8.16.5). */
final class ProducerReferenceTimeBox extends AbstractFullBox {
  private static final int BYTES = 24;
  private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int trackId;
  private final long mediaTime;
  private final Instant time;

  /**
   * Describes a moment.
   *
   * @param trackId of the track that has the sample
   * @param mediaTime when the sample is shown, in the track's ticks
   * @param time when it was taken
   */
  ProducerReferenceTimeBox(int trackId, long mediaTime, Instant time) {
    super("prft");
    this.trackId = trackId;
    this.mediaTime = mediaTime;
    this.time = time;
    setVersion(1);
  }

  @Override
  protected long getContentSize() {
    return BYTES;
  }

  @Override
  protected void getContent(ByteBuffer out) {
    writeVersionAndFlags(out);
    out.putInt(trackId);
    out.putInt((int) (time.getEpochSecond() + SECONDS_FROM_1900_TO_1970));
    out.putInt((int) (((long) time.getNano() << Integer.SIZE) / NANOS_PER_SECOND));
    out.putLong(mediaTime);
  }

  @Override
  protected void _parseDetails(ByteBuffer in) {
    throw new UnsupportedOperationException("it is only written");
  }
}
