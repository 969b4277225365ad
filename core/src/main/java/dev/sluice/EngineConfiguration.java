package dev.sluice;

import dev.sluice.log.LogLimits;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import io.netty.channel.IoEventLoopGroup;
import org.jspecify.annotations.Nullable;

/** All options of an engine, frozen. */
record EngineConfiguration(
    NetworkOptions network,
    EgressOptions egress,
    HistoryOptions history,
    Retransmission retransmission,
    SessionOptions session,
    RelayListener listener,
    @Nullable IoEventLoopGroup eventLoops) {

  /** room for the RTP header with a MID, and for the longest authentication tag */
  private static final int PACKET_OVERHEAD = 12 + 8 + 16;

  /** an event loop may be held up that long by the machine before its viewers are overtaken */
  private static final long LEAST_HISTORY_NANOS = 150_000_000;

  private static final int VIDEO_SEGMENT_BYTES = 16 << 10;
  private static final int AUDIO_SEGMENT_BYTES = 4 << 10;

  void validate() {
    network.validate();
    egress.validate();
    history.validate();
    retransmission.validate();
    session.validate();
    requireCiphers();
  }

  private void requireCiphers() {
    for (SrtpProfile profile : session.srtpProfiles()) {
      SrtpKeys keys =
          new SrtpKeys(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
      try {
        new SrtpSender(keys, session.cipherProvider());
      } catch (IllegalStateException e) {
        throw new IllegalArgumentException(
            "session.cipherProvider is %s, allowed is one that has the ciphers of %s"
                .formatted(session.cipherProvider(), profile),
            e);
      }
    }
  }

  /** bytes of RTP payload that fit a datagram, whatever is negotiated */
  int maxPayload() {
    return egress.maxDatagramSize() - PACKET_OVERHEAD;
  }

  LogLimits logLimits(Codec codec) {
    boolean video = codec == Codec.H264;
    return new LogLimits(
        video ? VIDEO_SEGMENT_BYTES : AUDIO_SEGMENT_BYTES,
        history.maxBytes(),
        Math.max(retransmission.enabled() ? history.duration().toNanos() : 0, LEAST_HISTORY_NANOS),
        video && history.lateJoin() == LateJoin.NEWEST_KEYFRAME);
  }
}
