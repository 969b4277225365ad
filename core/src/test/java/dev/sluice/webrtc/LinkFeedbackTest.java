package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fanout.ViewerLink;
import dev.sluice.loop.UdpPath;
import dev.sluice.rate.BandwidthEstimator;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.rtcp.ReceiverEstimatedMaxBitrate;
import dev.sluice.rtcp.TransportFeedbackWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a viewer says of its link. */
class LinkFeedbackTest extends PeerHarness {
  private static final RateLimits LIMITS = new RateLimits(10_000_000, 50_000, 10_000_000);

  private final byte[] message = new byte[256];

  @Test
  void shouldTakeTheViewersOwnEstimate() throws Exception {
    connectOver(new ViewerLink(() -> new GccEstimator(LIMITS), true));
    assertThat(media.statistics(Map.of()).estimatedBitrate()).isEqualTo(-1);
    inject(remb(700_000), PEER);
    assertThat(media.statistics(Map.of()).estimatedBitrate()).isEqualTo(700_000);
  }

  @Test
  void shouldKnowNothingOfANewPath() throws Exception {
    connectOver(new ViewerLink(() -> new GccEstimator(LIMITS), true));
    inject(remb(700_000), PEER);
    media.resume(new UdpPath(loop.socket(), PEER), loop);
    assertThat(media.statistics(Map.of()).estimatedBitrate()).isEqualTo(700_000);
    media.resume(new UdpPath(loop.socket(), OTHER), loop);
    assertThat(media.statistics(Map.of()).estimatedBitrate()).isEqualTo(-1);
  }

  @Test
  void shouldEstimateNothingWhereThatIsOff() throws Exception {
    connectOver(ViewerLink.unlimited());
    inject(remb(700_000), PEER);
    assertThat(media.statistics(Map.of()).estimatedBitrate()).isEqualTo(-1);
  }

  @Test
  void shouldReadTransportWideFeedbackOnlyWherePacketsAreNumbered() throws Exception {
    for (boolean numbered : new boolean[] {true, false}) {
      openSession();
      Recording recording = new Recording();
      connectOver(new ViewerLink(() -> recording, numbered));
      inject(encrypted(dtls.srtpKeys(), message, feedback()), PEER);
      assertThat(recording.feedback).isEqualTo(numbered ? 1 : 0);
    }
  }

  private void connectOver(ViewerLink newLink) throws Exception {
    link = newLink;
    openSession();
    check(PEER, true);
    handshake();
  }

  private byte[] remb(long bitrate) {
    int length = ReceiverEstimatedMaxBitrate.write(message, 0, 1, bitrate, PARAMETERS.ssrc());
    return encrypted(dtls.srtpKeys(), message, length);
  }

  private int feedback() {
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    writer.wrap(message, 0, message.length, 1, PARAMETERS.ssrc(), 0, 0);
    writer.add(0, SECOND);
    return writer.finish();
  }

  private static final class Recording implements BandwidthEstimator {
    int feedback;

    @Override
    public void onPacketSent(int sequenceNumber, long nowNanos, int bytes) {}

    @Override
    public boolean onTransportFeedback(long nowNanos, byte[] buffer, int offset) {
      feedback++;
      return true;
    }

    @Override
    public void onReceiverReport(long nowNanos, int fractionLost, long roundTripNanos) {}

    @Override
    public void onRemb(long nowNanos, long bitrate) {}

    @Override
    public long estimate(long nowNanos) {
      return 1;
    }

    @Override
    public long sentBitrate() {
      return 0;
    }

    @Override
    public int probeBytes(long nowNanos, long wantedBitrate) {
      return 0;
    }
  }
}
