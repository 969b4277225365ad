package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.vp9.Vp9Assembler;
import dev.sluice.rtp.vp9.Vp9Writer;
import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** VP9 (RFC 9628). */
final class Vp9Codec extends PlainCodec {
  private static final OneFormat FORMAT = new OneFormat("VP9", 90_000);

  private static final int MOST_PROFILE = 3;

  Vp9Codec() {
    super(FORMAT);
  }

  @Override
  public List<FormatOffer> offers() {
    return IntStream.rangeClosed(0, MOST_PROFILE)
        .mapToObj(profile -> FORMAT.offer("profile-id=" + profile))
        .toList();
  }

  @Override
  public FrameAssembler frames(NalUnitFraming framing) {
    return new Vp9Assembler();
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    Vp9Writer writer = new Vp9Writer(log, options.maxPayload());
    return new WrittenTrack(writer, () -> new Choice(writer.profile()));
  }

  /**
   * The source's profile, since decoders of one need not decode another (RFC 9628 section 7.1); the
   * viewer's first choice while the source is not known.
   */
  record Choice(int profile) implements FormatChoice {

    private static final String DEFAULT = "0";

    @Override
    public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
      return offered.stream().filter(FORMAT::matches).filter(this::fits).findFirst().orElse(null);
    }

    private boolean fits(PayloadFormat format) {
      String offered = Objects.requireNonNullElse(format.parameter("profile-id"), DEFAULT);
      return profile == Vp9Writer.UNKNOWN_PROFILE || offered.equals(Integer.toString(profile));
    }

    @Override
    public @Nullable String parameters(PayloadFormat chosen) {
      String offered = chosen.parameter("profile-id");
      return offered == null ? null : "profile-id=" + offered;
    }

    @Override
    public String wanted() {
      boolean known = profile != Vp9Writer.UNKNOWN_PROFILE;
      return FORMAT.wanted() + (known ? " with profile-id=" + profile : "");
    }
  }
}
