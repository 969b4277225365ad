package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.h264.H264Counter;
import dev.sluice.rtp.h264.H264Normalizer;
import dev.sluice.rtp.h264.H264Packetizer;
import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.rtp.h264.SequenceParameterSet;
import dev.sluice.sdp.FormatChoice;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** H.264, as RTP payloads or as access units. */
final class H264Format implements TrackFormat {
  private static final List<H264Counter> MALFORMED =
      List.of(
          H264Counter.INTERLEAVED_MODE,
          H264Counter.FORBIDDEN_BIT,
          H264Counter.MALFORMED_NAL_UNIT,
          H264Counter.MALFORMED_AGGREGATE,
          H264Counter.MALFORMED_FRAGMENT,
          H264Counter.MALFORMED_ACCESS_UNIT);

  private final H264Normalizer normalizer;
  private final H264Packetizer packetizer;
  private volatile @Nullable ProfileLevelId profile;

  H264Format(PayloadWriter log, int maxPayload, List<byte[]> parameterSets) {
    normalizer = new H264Normalizer(log, maxPayload);
    packetizer = new H264Packetizer(log, maxPayload);

    for (byte[] set : parameterSets) {
      normalizer.parameterSet(set);
      packetizer.parameterSet(set);
    }
    noteProfile(normalizer.sequenceParameterSet());
  }

  @Override
  public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
    normalizer.accept(
        packet.buffer(),
        packet.payloadOffset(),
        packet.payloadLength(),
        timestamp,
        packet.marker(),
        lostBefore > 0);
    noteProfile(normalizer.sequenceParameterSet());
  }

  @Override
  public boolean accessUnit(ByteBuffer data, int lengthSize, int timestamp) {
    boolean wellFormed =
        lengthSize == 0
            ? packetizer.annexB(data, timestamp)
            : packetizer.lengthPrefixed(data, lengthSize, timestamp);
    noteProfile(packetizer.sequenceParameterSet());
    return wellFormed;
  }

  @Override
  public void end() {
    normalizer.flush();
  }

  @Override
  public long malformed() {
    return MALFORMED.stream().mapToLong(this::count).sum();
  }

  @Override
  public PayloadCounts counts() {
    return new PayloadCounts(
        count(H264Counter.KEYFRAME),
        count(H264Counter.RECOVERY_POINT),
        count(H264Counter.KEYFRAME_WITHOUT_PARAMETER_SETS),
        count(H264Counter.REORDERED_PICTURE),
        count(H264Counter.REORDERED_PICTURE_DROPPED));
  }

  @Override
  public FormatChoice choice() {
    return new H264Choice(profile);
  }

  private void noteProfile(@Nullable SequenceParameterSet newest) {
    if (newest != null && newest.profileLevelId() != profile) {
      profile = newest.profileLevelId();
    }
  }

  private long count(H264Counter counter) {
    return normalizer.counters().get(counter) + packetizer.counters().get(counter);
  }
}
