package dev.sluice.rtcp;

import java.util.Arrays;
import java.util.Random;

/** Valid compound packets with every message there is. */
final class RandomCompound {
  private static final TransportFeedbackWriter FEEDBACK = new TransportFeedbackWriter();

  private RandomCompound() {}

  static byte[] packet(Random random) {
    byte[] buffer = new byte[1_200];
    CompoundWriter writer = new CompoundWriter();
    writer.wrap(buffer, 0, buffer.length);
    if (random.nextBoolean()) {
      writer.senderReport(
          random.nextInt(), random.nextLong(), random.nextInt(), random.nextInt(), 5);
    } else {
      writer.receiverReport(random.nextInt());
    }
    for (int n = random.nextInt(4); n > 0; n--) {
      ReportBlock.write(
          buffer, writer.claimReportBlock(), random.nextInt(), 1, -2, 3, 4, 5, random.nextInt());
    }
    for (int n = random.nextInt(6); n > 0; n--) {
      message(random, writer, buffer);
    }
    return Arrays.copyOf(buffer, writer.length());
  }

  private static void message(Random random, CompoundWriter writer, byte[] buffer) {
    int ssrc = random.nextInt();
    switch (random.nextInt(8)) {
      case 0 -> {
        writer.cname(ssrc, randomBytes(random, 40));
        writer.cname(ssrc + 1, randomBytes(random, 40));
      }
      case 1 -> {
        byte[] reason = randomBytes(random, 40);
        Bye.write(buffer, writer.claim(Bye.length(1, reason.length)), new int[] {ssrc}, reason);
      }
      case 2 -> App.write(buffer, writer.claim(App.length(8)), random.nextInt(32), ssrc, 2, 8);
      case 3 -> {
        int[] lost = random.ints(5, 0, 65_536).toArray();
        int at = writer.claim(GenericNack.length(lost, 0, 5));
        GenericNack.write(buffer, at, ssrc, ssrc + 1, lost, 0, 5);
      }
      case 4 -> transportFeedback(random, writer, buffer);
      case 5 -> {
        PictureLossIndication.write(buffer, writer.claim(PictureLossIndication.LENGTH), ssrc, 2);
        FullIntraRequest.write(buffer, writer.claim(FullIntraRequest.LENGTH), ssrc, 2, 3);
      }
      case 6 -> {
        int at = writer.claim(ReceiverEstimatedMaxBitrate.length(2));
        ReceiverEstimatedMaxBitrate.write(buffer, at, ssrc, random.nextInt(1 << 30), 2, 3);
      }
      default -> extendedReport(writer, buffer, ssrc);
    }
  }

  private static void transportFeedback(Random random, CompoundWriter writer, byte[] buffer) {
    int base = random.nextInt(65_536);
    FEEDBACK.wrap(buffer, writer.length(), writer.remaining(), 1, 2, 3, base);
    for (int n = 1 + random.nextInt(30), step = 0; n > 0; n--) {
      step += 1 + random.nextInt(3);
      FEEDBACK.add(base + step & 0xFFFF, random.nextInt(1_000_000_000));
    }
    writer.claim(FEEDBACK.finish());
  }

  private static void extendedReport(CompoundWriter writer, byte[] buffer, int ssrc) {
    int blocksLength = ReceiverReferenceTimeBlock.LENGTH + DlrrBlock.length(1);
    int at = writer.claim(ExtendedReport.length(blocksLength));
    ExtendedReport.write(buffer, at, ssrc, blocksLength);
    int block = ExtendedReport.firstBlock(at);
    ReceiverReferenceTimeBlock.write(buffer, block, 1);
    block = ExtendedReport.nextBlock(buffer, block);
    DlrrBlock.write(buffer, block, 1);
    DlrrBlock.writeReport(buffer, block, 0, 1, 2, 3);
  }

  private static byte[] randomBytes(Random random, int bound) {
    byte[] bytes = new byte[random.nextInt(bound)];
    random.nextBytes(bytes);
    return bytes;
  }
}
