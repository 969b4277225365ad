package dev.sluice.benchmarks.baseline;

import dev.sluice.EgressOptions;
import dev.sluice.HistoryOptions;
import dev.sluice.LateJoin;
import dev.sluice.RateOptions;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.srtp.SrtpProfile;
import java.time.Duration;

/**
 * The option set of a relay that does what is common: a packet copy in each viewer's own
 * retransmission buffer, an mDNS listener a session, reports every second, unpooled buffers, one
 * datagram a packet, AES-CM with HMAC-SHA1 where the viewer has it.
 */
public final class ReferenceBaseline {

  private ReferenceBaseline() {}

  /**
   * Sets all options but those of the network.
   *
   * @param builder is changed
   * @param mdns what hears of viewers; {@link MdnsListeners}, or a listener that hands on to it
   * @return the builder
   */
  public static RelayEngineBuilder configure(RelayEngineBuilder builder, RelayListener mdns) {
    return builder
        .retransmission(Retransmission.SHARED_HISTORY.withBuffers(PacketCopies::new))
        .rate(RateOptions.OFF)
        .history(
            HistoryOptions.DEFAULT.withDuration(Duration.ZERO).withLateJoin(LateJoin.NEXT_KEYFRAME))
        .egress(
            EgressOptions.DEFAULT.withPooledBuffers(false).withSegmentation(false).withBatchSize(1))
        .session(
            SessionOptions.DEFAULT
                .withReportInterval(Duration.ofSeconds(1))
                .withSrtpProfiles(
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                    SrtpProfile.AEAD_AES_128_GCM,
                    SrtpProfile.AEAD_AES_256_GCM))
        .listener(mdns);
  }
}
