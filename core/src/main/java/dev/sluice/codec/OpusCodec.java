package dev.sluice.codec;

import dev.sluice.rtp.PassThroughNormalizer;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.opus.OpusDuration;
import dev.sluice.rtp.opus.OpusTimeline;
import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opus (RFC 7587), whose payloads pass as they are. */
final class OpusCodec implements CodecFormat {
  private static final int CLOCK_RATE = 48_000;
  private static final String ENCODING = "opus/48000/2";

  @Override
  public CodecParameters defaults() {
    return new OpusParameters(1);
  }

  @Override
  public @Nullable CodecParameters parse(PayloadFormat announced) {
    return announced.is("opus", CLOCK_RATE)
        ? new OpusParameters("1".equals(announced.parameter("sprop-stereo")) ? 2 : 1)
        : null;
  }

  @Override
  public SortedMap<String, String> describe(CodecParameters parameters) {
    int stereo = ((OpusParameters) parameters).channels() - 1;
    return new TreeMap<>(Map.of("rtpmap", ENCODING, "fmtp", "sprop-stereo=" + stereo))
        .descendingMap();
  }

  @Override
  public List<FormatOffer> offers() {
    return List.of(new FormatOffer(ENCODING, "minptime=10;useinbandfec=1;stereo=1"));
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    boolean stereo = ((OpusParameters) parameters).channels() == 2;
    return new Format(new PassThroughNormalizer(log, options.maxPayload()), new Choice(stereo));
  }

  /** Payloads pass as they are, at times that follow from their durations. */
  private record Format(
      PassThroughNormalizer normalizer, FormatChoice choice, OpusTimeline timeline)
      implements TrackFormat {

    Format(PassThroughNormalizer normalizer, FormatChoice choice) {
      this(normalizer, choice, new OpusTimeline());
    }

    @Override
    public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
      accept(
          packet.buffer(),
          packet.payloadOffset(),
          packet.payloadLength(),
          timestamp,
          packet.marker(),
          lostBefore > 0);
    }

    @Override
    public boolean frame(ByteBuffer data, int timestamp) {
      long before = malformed();
      ByteBuf payload = Unpooled.wrappedBuffer(data.duplicate());
      accept(payload, 0, payload.readableBytes(), timestamp, false, false);
      return data.hasRemaining() && malformed() == before;
    }

    private void accept(
        ByteBuf buffer, int offset, int length, int timestamp, boolean marker, boolean lost) {
      int begin =
          length == 0
              ? timestamp
              : timeline.place(timestamp, OpusDuration.ticks(buffer, offset, length));
      normalizer.accept(buffer, offset, length, begin, marker, lost);
    }

    @Override
    public void end() {}

    @Override
    public long malformed() {
      return normalizer.malformed();
    }
  }

  /**
   * Opus has one format for all uses (RFC 7587 section 7).
   *
   * <p>The format has two channels, whatever the source sends, but peers that leave their number
   * out (GStreamer) mean the same. Parameters that say what the viewer prefers to receive are
   * confirmed as they are; {@code sprop-stereo} says what the source sends.
   */
  record Choice(boolean stereo) implements FormatChoice {

    private static final int CHANNELS = 2;
    private static final String STEREO = "sprop-stereo=1";

    @Override
    public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
      return offered.stream()
          .filter(format -> format.is("opus", CLOCK_RATE) && format.channels() <= CHANNELS)
          .max(Comparator.comparingInt(PayloadFormat::channels))
          .orElse(null);
    }

    @Override
    public @Nullable String parameters(PayloadFormat chosen) {
      String wanted = chosen.receiverParameters();
      if (!stereo) {
        return wanted;
      }
      return wanted == null ? STEREO : wanted + ';' + STEREO;
    }

    @Override
    public String wanted() {
      return ENCODING;
    }
  }
}
