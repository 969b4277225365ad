package dev.sluice.rtp.h264;

import dev.sluice.rtp.PayloadRecorder;
import java.util.List;

/** Keeps what is written, and says what NAL units a receiver makes of it. */
final class RecordedLog extends PayloadRecorder {

  List<Nal> nals() {
    return Depacketizer.nals(packets);
  }
}
