package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.h265.H265Profile;
import dev.sluice.rtp.h265.H265Writer;
import dev.sluice.rtp.h265.SpropParameterSets;
import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** H.265 in a single RTP stream and in decoding order (RFC 7798), as WebRTC has it. */
final class H265Codec implements CodecFormat {
  private static final OneFormat FORMAT = new OneFormat("H265", 90_000);
  private static final List<String> SETS = List.of("sprop-vps", "sprop-sps", "sprop-pps");
  private static final int FIRST_SET_TYPE = 32;
  private static final String SINGLE_STREAM = "SRST";

  @Override
  public CodecParameters defaults() {
    return new H265Parameters(List.of());
  }

  @Override
  public @Nullable CodecParameters parse(PayloadFormat announced) {
    return isSuitable(announced) ? new H265Parameters(parameterSets(announced)) : null;
  }

  /** with sprop-max-don-diff payloads have fields that tell an order (RFC 7798 section 4.4) */
  private static boolean isSuitable(PayloadFormat format) {
    String mode = Objects.requireNonNullElse(format.parameter("tx-mode"), SINGLE_STREAM);
    String order = Objects.requireNonNullElse(format.parameter("sprop-max-don-diff"), "0");
    return FORMAT.matches(format) && mode.equalsIgnoreCase(SINGLE_STREAM) && order.equals("0");
  }

  private static List<byte[]> parameterSets(PayloadFormat announced) {
    return SETS.stream()
        .map(name -> Objects.requireNonNullElse(announced.parameter(name), ""))
        .flatMap(value -> SpropParameterSets.parse(value).stream())
        .toList();
  }

  @Override
  public SortedMap<String, String> describe(CodecParameters parameters) {
    List<byte[]> sets = ((H265Parameters) parameters).parameterSets();
    StringJoiner fmtp = new StringJoiner(";");
    for (int i = 0; i < SETS.size(); i++) {
      String encoded = SpropParameterSets.format(sets, FIRST_SET_TYPE + i);
      if (!encoded.isEmpty()) {
        fmtp.add(SETS.get(i) + '=' + encoded);
      }
    }
    return FORMAT.description(fmtp.toString());
  }

  /** Main and Main 10, up to level 6.2 */
  @Override
  public List<FormatOffer> offers() {
    return IntStream.rangeClosed(1, 2)
        .mapToObj(p -> FORMAT.offer("level-id=186;profile-id=" + p + ";tier-flag=0;tx-mode=SRST"))
        .toList();
  }

  @Override
  public FrameCutter cutter() {
    return H265Writer.cutter();
  }

  @Override
  public FrameAssembler frames(NalUnitFraming framing) {
    return H265Writer.assembler(framing == NalUnitFraming.LENGTHS);
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    H265Writer writer = new H265Writer(log, options.maxPayload(), options.passesReordered());
    ((H265Parameters) parameters).parameterSets().forEach(writer::parameterSet);
    return new Format(writer, new WrittenTrack(writer, () -> new Choice(writer.profile())));
  }

  /** a written track that has NAL units */
  private record Format(H265Writer writer, WrittenTrack track) implements TrackFormat {

    @Override
    public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
      track.rtp(packet, timestamp, lostBefore);
    }

    @Override
    public boolean frame(ByteBuffer data, int timestamp) {
      return track.frame(data, timestamp);
    }

    @Override
    public boolean nalUnits(ByteBuffer data, int lengthSize, int timestamp) {
      return writer.lengthPrefixed(data, lengthSize, timestamp);
    }

    @Override
    public void end() {
      track.end();
    }

    @Override
    public long malformed() {
      return track.malformed();
    }

    @Override
    public boolean hasReordered() {
      return writer.reorderedPictures() > 0;
    }

    @Override
    public PayloadCounts counts() {
      return new PayloadCounts(
          writer.keyframes(),
          0,
          writer.keyframesWithoutParameterSets(),
          writer.reorderedPictures(),
          writer.reorderedPicturesDropped());
    }

    @Override
    public FormatChoice choice() {
      return track.choice();
    }
  }

  /**
   * A format whose decoders decode the source's profile and tier (RFC 7798 section 7.2.2): the same
   * ones at best, else Main 10 for Main and the High tier for the Main tier. Among those, a level
   * that reaches the source's goes first; levels exclude nothing. The viewer's first choice while
   * the source is not known. The answer repeats the chosen format's parameters for receivers.
   */
  record Choice(@Nullable H265Profile source) implements FormatChoice {

    private static final int MAIN = 1;
    private static final int MAIN_10 = 2;
    private static final int DEFAULT_LEVEL = 93;

    @Override
    public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
      return offered.stream()
          .filter(format -> isSuitable(format) && decodes(format))
          .min((a, b) -> Integer.compare(distance(a), distance(b)))
          .orElse(null);
    }

    @Override
    public @Nullable String parameters(PayloadFormat chosen) {
      return chosen.receiverParameters();
    }

    @Override
    public String wanted() {
      return source == null
          ? FORMAT.wanted()
          : FORMAT.wanted()
              + (" with profile-id=" + source.profileId() + ";tier-flag=" + source.tier());
    }

    private boolean decodes(PayloadFormat format) {
      if (source == null) {
        return true;
      }
      int profile = number(format, "profile-id", MAIN);
      boolean profileFits =
          profile == source.profileId() || profile == MAIN_10 && source.profileId() == MAIN;
      return profileFits && number(format, "tier-flag", 0) >= source.tier();
    }

    private int distance(PayloadFormat format) {
      if (source == null) {
        return 0;
      }
      int profile = number(format, "profile-id", MAIN) == source.profileId() ? 0 : 4;
      int tier = number(format, "tier-flag", 0) == source.tier() ? 0 : 2;
      int level = number(format, "level-id", DEFAULT_LEVEL) >= source.levelId() ? 0 : 1;
      return profile + tier + level;
    }

    private static int number(PayloadFormat format, String name, int otherwise) {
      String value = format.parameter(name);
      if (value == null) {
        return otherwise;
      }
      return value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : -1;
    }
  }
}
