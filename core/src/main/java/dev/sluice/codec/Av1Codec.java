package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.av1.Av1Assembler;
import dev.sluice.rtp.av1.Av1Writer;
import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** AV1 ("RTP Payload Format For AV1", version 1.0). */
final class Av1Codec extends PlainCodec {
  private static final OneFormat FORMAT = new OneFormat("AV1", 90_000);

  private static final int MOST_PROFILE = 2;

  Av1Codec() {
    super(FORMAT);
  }

  @Override
  public List<FormatOffer> offers() {
    return IntStream.rangeClosed(0, MOST_PROFILE)
        .mapToObj(profile -> FORMAT.offer("profile=" + profile))
        .toList();
  }

  @Override
  public FrameCutter cutter() {
    return Av1Writer.cutter();
  }

  @Override
  public FrameAssembler frames(NalUnitFraming framing) {
    return new Av1Assembler();
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    Av1Writer writer = new Av1Writer(log, options.maxPayload());
    return new WrittenTrack(writer, () -> new Choice(writer.profile()));
  }

  /**
   * A format whose decoders decode the source's profile: that one at best, else the next higher,
   * since each profile's decoders decode those below (AV1 specification, annex A). Levels exclude
   * nothing. The viewer's first choice while the source is not known. The answer repeats the chosen
   * format's parameters for receivers (section 7.2).
   */
  record Choice(int profile) implements FormatChoice {

    private static final int MAIN = 0;
    private static final int NONE = -2;

    @Override
    public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
      boolean known = profile != Av1Writer.UNKNOWN_PROFILE;
      return offered.stream()
          .filter(format -> FORMAT.matches(format) && profileOf(format) >= Math.max(profile, MAIN))
          .min(Comparator.comparingInt(format -> known ? profileOf(format) : 0))
          .orElse(null);
    }

    private static int profileOf(PayloadFormat format) {
      String offered = format.parameter("profile");
      if (offered == null) {
        return MAIN;
      }
      return offered.matches("[0-2]") ? Integer.parseInt(offered) : NONE;
    }

    @Override
    public @Nullable String parameters(PayloadFormat chosen) {
      return chosen.receiverParameters();
    }

    @Override
    public String wanted() {
      boolean known = profile != Av1Writer.UNKNOWN_PROFILE;
      return FORMAT.wanted() + (known ? " with profile=" + profile : "");
    }
  }
}
