package dev.sluice.rtcp;

import java.util.HexFormat;

/** Calls every getter of every message of a packet and writes down what they say. */
final class MessageDump {
  private final StringBuilder text = new StringBuilder();
  private byte[] buffer = {};
  private int start;

  private MessageDump() {}

  /** offsets count from the start of the packet, so that the text does not depend on where it is */
  static String of(CompoundReader reader, byte[] buffer, int offset, int length) {
    MessageDump dump = new MessageDump();
    dump.buffer = buffer;
    dump.start = offset;
    if (!reader.wrap(buffer, offset, length)) {
      return "refused";
    }
    while (reader.next()) {
      dump.say(reader.type(), reader.offset() - offset, reader.length());
      dump.message(reader.type(), reader.offset(), reader.length());
      dump.text.append('\n');
    }
    return dump.text.toString();
  }

  private void message(MessageType type, int at, int length) {
    switch (type) {
      case SENDER_REPORT -> senderReport(at);
      case RECEIVER_REPORT -> receiverReport(at);
      case SOURCE_DESCRIPTION ->
          SourceDescription.forEachItem(
              buffer,
              at,
              length,
              (ssrc, item, textOffset, textLength) -> {
                say(ssrc, item);
                bytes(textOffset, textLength);
              });
      case BYE -> bye(at, length);
      case APP -> app(at, length);
      case GENERIC_NACK -> {
        feedback(at);
        GenericNack.forEachLost(buffer, at, length, this::say);
      }
      case TRANSPORT_FEEDBACK -> {
        feedback(at);
        say(TransportFeedback.feedbackCount(buffer, at));
        TransportFeedback.forEachPacket(buffer, at, this::say);
      }
      case PICTURE_LOSS_INDICATION -> feedback(at);
      case FULL_INTRA_REQUEST -> fullIntraRequest(at, length);
      case RECEIVER_ESTIMATED_MAX_BITRATE -> bitrate(at);
      case EXTENDED_REPORT -> extendedReport(at, length);
    }
  }

  private void senderReport(int at) {
    say(
        SenderReport.ssrc(buffer, at),
        SenderReport.ntpTimestamp(buffer, at),
        SenderReport.rtpTimestamp(buffer, at),
        SenderReport.packetCount(buffer, at),
        SenderReport.octetCount(buffer, at));
    for (int i = 0; i < SenderReport.blockCount(buffer, at); i++) {
      reportBlock(SenderReport.blockOffset(at, i));
    }
  }

  private void receiverReport(int at) {
    say(ReceiverReport.ssrc(buffer, at));
    for (int i = 0; i < ReceiverReport.blockCount(buffer, at); i++) {
      reportBlock(ReceiverReport.blockOffset(at, i));
    }
  }

  private void reportBlock(int at) {
    say(
        ReportBlock.ssrc(buffer, at),
        ReportBlock.fractionLost(buffer, at),
        ReportBlock.cumulativeLost(buffer, at),
        ReportBlock.highestSequenceNumber(buffer, at),
        ReportBlock.jitter(buffer, at),
        ReportBlock.lastSr(buffer, at),
        ReportBlock.delaySinceLastSr(buffer, at));
  }

  private void bye(int at, int length) {
    for (int i = 0; i < Bye.ssrcCount(buffer, at); i++) {
      say(Bye.ssrc(buffer, at, i));
    }
    bytes(Bye.reasonOffset(buffer, at, length), Bye.reasonLength(buffer, at, length));
  }

  private void app(int at, int length) {
    say(App.subtype(buffer, at), App.ssrc(buffer, at), App.name(buffer, at));
    bytes(App.dataOffset(at), App.dataLength(length));
  }

  private void fullIntraRequest(int at, int length) {
    feedback(at);
    for (int i = 0; i < FullIntraRequest.entryCount(length); i++) {
      say(FullIntraRequest.ssrc(buffer, at, i), FullIntraRequest.sequenceNumber(buffer, at, i));
    }
  }

  private void bitrate(int at) {
    feedback(at);
    say(ReceiverEstimatedMaxBitrate.bitrate(buffer, at));
    for (int i = 0; i < ReceiverEstimatedMaxBitrate.ssrcCount(buffer, at); i++) {
      say(ReceiverEstimatedMaxBitrate.ssrc(buffer, at, i));
    }
  }

  private void extendedReport(int at, int length) {
    say(ExtendedReport.ssrc(buffer, at));
    for (int block = ExtendedReport.firstBlock(at);
        block < at + length;
        block = ExtendedReport.nextBlock(buffer, block)) {
      int type = ExtendedReport.blockType(buffer, block);
      say(type, block - start);
      if (type == ReceiverReferenceTimeBlock.TYPE) {
        say(ReceiverReferenceTimeBlock.ntpTimestamp(buffer, block));
      } else if (type == DlrrBlock.TYPE) {
        for (int i = 0; i < DlrrBlock.reportCount(buffer, block); i++) {
          say(
              DlrrBlock.ssrc(buffer, block, i),
              DlrrBlock.lastRr(buffer, block, i),
              DlrrBlock.delaySinceLastRr(buffer, block, i));
        }
      }
    }
  }

  private void feedback(int at) {
    say(FeedbackHeader.senderSsrc(buffer, at), FeedbackHeader.mediaSsrc(buffer, at));
  }

  private void bytes(int offset, int length) {
    say(HexFormat.of().formatHex(buffer, offset, offset + length));
  }

  private void say(Object... values) {
    for (Object value : values) {
      text.append(value).append(' ');
    }
  }
}
