package dev.sluice.examples.recording;

import java.nio.ByteBuffer;
import org.mp4parser.support.AbstractBox;

/** Encapsulation of Opus in ISO Base Media File Format, section 4.3.2. */
final class OpusSpecificBox extends AbstractBox {
  private static final int BYTES = 11;
  private static final int SAMPLE_RATE = 48_000;

  private final int channels;

  OpusSpecificBox(int channels) {
    super("dOps");
    this.channels = channels;
  }

  @Override
  protected long getContentSize() {
    return BYTES;
  }

  @Override
  protected void getContent(ByteBuffer out) {
    out.put((byte) 0); // Version
    out.put((byte) channels);
    out.putShort((short) 0); // PreSkip: a recording begins within the stream
    out.putInt(SAMPLE_RATE);
    out.putShort((short) 0); // OutputGain
    out.put((byte) 0); // ChannelMappingFamily
  }

  @Override
  protected void _parseDetails(ByteBuffer in) {
    throw new UnsupportedOperationException("it is only written");
  }
}
