package dev.sluice.benchmarks.load.viewer;

import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.PictureLossIndication;
import dev.sluice.srtp.SrtcpSender;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Feedback of a viewer that means ill: all that there may be is lost, each picture too, and
 * bandwidth estimates and transport-wide feedback are random.
 */
final class ForgedFeedback {
  private static final int CAPACITY = 1_400;
  private static final int NUMBERS = 256;
  private static final int FEEDBACK_LENGTH = 24;
  private static final int ESTIMATE = 206 << 16 | 0x8F << 24;
  private static final int TRANSPORT_FEEDBACK = 205 << 16 | 0x8F << 24;
  private static final int UNIQUE_IDENTIFIER = 0x52454D42;

  private final int mediaSsrc;
  private final int ssrc;
  private final SrtcpSender sealer;
  private final Random random;
  private final CompoundWriter writer = new CompoundWriter();
  private final int[] numbers = new int[NUMBERS];

  ForgedFeedback(Handshake.Keys keys, int mediaSsrc, long seed) {
    this.mediaSsrc = mediaSsrc;
    ssrc = (int) seed;
    sealer = new SrtcpSender(keys.local(), null);
    random = new Random(seed);
  }

  /** the next datagram */
  byte[] next() {
    byte[] out = new byte[CAPACITY];
    writer.wrap(out, 0, CAPACITY - 100);
    writer.receiverReport(ssrc);
    int first = random.nextInt(1 << 16);
    Arrays.setAll(numbers, i -> first + i & 0xFFFF);
    int nack = writer.claim(GenericNack.length(numbers, 0, NUMBERS));
    GenericNack.write(out, nack, ssrc, mediaSsrc, numbers, 0, NUMBERS);
    int loss = writer.claim(PictureLossIndication.LENGTH);
    PictureLossIndication.write(out, loss, ssrc, mediaSsrc);
    nonsense(out, writer.claim(FEEDBACK_LENGTH), ESTIMATE, 0, UNIQUE_IDENTIFIER);
    nonsense(out, writer.claim(FEEDBACK_LENGTH), TRANSPORT_FEEDBACK, mediaSsrc, random.nextInt());
    return Arrays.copyOf(out, sealer.protect(out, 0, writer.length()));
  }

  private void nonsense(byte[] out, int at, int type, int source, int content) {
    ByteBuffer.wrap(out, at, FEEDBACK_LENGTH)
        .putInt(type | FEEDBACK_LENGTH / 4 - 1)
        .putInt(ssrc)
        .putInt(source)
        .putInt(content)
        .putInt(random.nextInt())
        .putInt(random.nextInt());
  }
}
