package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.PassThroughAssembler;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** All that is particular to one codec, for the engine and its front ends. Safe for any thread. */
@SuppressWarnings("exports") // of use to the engine only, whose model of SDP stays its own
public interface CodecFormat {

  /** {@return what is assumed of a track of which nothing is known in advance} */
  CodecParameters defaults();

  /**
   * Reads what an announcement says of a track.
   *
   * @param announced a payload format of an m-line
   * @return the track's parameters, or null if this is another codec, or a form of it that cannot
   *     be relayed
   */
  @Nullable CodecParameters parse(PayloadFormat announced);

  /**
   * Describes a track to who plays it; the inverse of {@link #parse}.
   *
   * @param parameters what was announced, of this codec
   * @return the values of its attributes of SDP, "rtpmap" and where there are parameters "fmtp",
   *     behind the payload type
   */
  SortedMap<String, String> describe(CodecParameters parameters);

  /**
   * {@return the forms in which the codec is taken from a peer that is asked for it, the most
   * wanted first; levels exclude nothing, since a relay decodes nothing}
   */
  List<FormatOffer> offers();

  /**
   * Makes the way of a track's media into its log.
   *
   * @param log gets the payloads
   * @param options how they are written
   * @param parameters what was announced, of this codec
   * @return used by the publisher's thread
   */
  TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters);

  /**
   * Makes what cuts a byte stream into the track's frames.
   *
   * @return for one stream
   * @throws IllegalArgumentException if byte streams of the codec do not tell frames apart
   */
  default FrameCutter cutter() {
    throw new IllegalArgumentException(
        "byte streams of this codec do not tell frames apart: read them from a container");
  }

  /**
   * Makes what puts the payloads of a track's log together again; for codecs whose payloads are
   * their frames there is nothing to do.
   *
   * @param framing of NAL units, where the codec has them
   * @return used by one thread
   */
  default FrameAssembler frames(NalUnitFraming framing) {
    return new PassThroughAssembler();
  }
}
