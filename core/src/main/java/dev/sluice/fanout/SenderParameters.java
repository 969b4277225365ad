package dev.sluice.fanout;

import dev.sluice.PlayoutDelay;
import dev.sluice.rtp.HeaderExtensionForm;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What was negotiated for one track of one viewer.
 *
 * @param payloadType the viewer's RTP payload type
 * @param ssrc ours for the track
 * @param rtxPayloadType for retransmissions in a stream of their own (RFC 4588), or -1: then they
 *     go out again on {@code ssrc}
 * @param rtxSsrc ours for retransmissions
 * @param midExtension id of the MID header extension (RFC 9143), or -1
 * @param mid the m-line's identification tag
 * @param transportExtension id of the header extension for transport-wide sequence numbers, or -1.
 *     Only where a packet is repeated on {@code rtxSsrc} or not at all: on {@code ssrc} the same
 *     packet would have another number
 * @param playoutExtension id of the header extension for playout delays, or -1
 * @param playoutDelay what the viewer is to keep to; null without that extension
 * @param captureExtension id of the header extension for moments of capture, or -1
 * @param fecPayloadType for repair packets (FlexFEC), or -1 for none
 * @param fecSsrc ours for repair packets
 */
public record SenderParameters(
    int payloadType,
    int ssrc,
    int rtxPayloadType,
    int rtxSsrc,
    int midExtension,
    String mid,
    int transportExtension,
    int playoutExtension,
    @Nullable PlayoutDelay playoutDelay,
    int captureExtension,
    int fecPayloadType,
    int fecSsrc) {

  /**
   * Parameters of a track without a word on its times.
   *
   * @param payloadType see above
   * @param ssrc see above
   * @param rtxPayloadType see above
   * @param rtxSsrc see above
   * @param midExtension see above
   * @param mid see above
   * @param transportExtension see above
   */
  public SenderParameters(
      int payloadType,
      int ssrc,
      int rtxPayloadType,
      int rtxSsrc,
      int midExtension,
      String mid,
      int transportExtension) {
    this(
        payloadType,
        ssrc,
        rtxPayloadType,
        rtxSsrc,
        midExtension,
        mid,
        transportExtension,
        -1,
        null,
        -1,
        -1,
        0);
  }

  /**
   * The same with a playout delay.
   *
   * @param extension id of the header extension, or -1 where it was not agreed on
   * @param delay what the viewer is to keep to; null for no wish
   * @return the changed parameters
   */
  public SenderParameters withPlayoutDelay(int extension, @Nullable PlayoutDelay delay) {
    PlayoutDelay told = extension > 0 ? delay : null;
    return with(extension, told, captureExtension, fecPayloadType, fecSsrc);
  }

  /**
   * The same with moments of capture.
   *
   * @param extension id of the header extension, or -1 where it was not agreed on
   * @return the changed parameters
   */
  public SenderParameters withCaptureTime(int extension) {
    return with(playoutExtension, playoutDelay, extension, fecPayloadType, fecSsrc);
  }

  /**
   * The same with forward error correction.
   *
   * @param type payload type of repair packets, or -1 where it was not agreed on
   * @param repairSsrc ours for them
   * @return the changed parameters
   */
  public SenderParameters withFec(int type, int repairSsrc) {
    return with(playoutExtension, playoutDelay, captureExtension, type, repairSsrc);
  }

  private SenderParameters with(
      int playout, @Nullable PlayoutDelay delay, int capture, int fecType, int repairSsrc) {
    return new SenderParameters(
        payloadType,
        ssrc,
        rtxPayloadType,
        rtxSsrc,
        midExtension,
        mid,
        transportExtension,
        playout,
        delay,
        capture,
        fecType,
        repairSsrc);
  }

  /** whether the m-line can be named in a one-byte header extension (RFC 8285, section 4.2) */
  boolean namesMid() {
    return midExtension > 0 && HeaderExtensionForm.ONE_BYTE.allows(midExtension, midLength());
  }

  private int midLength() {
    return mid.getBytes(StandardCharsets.UTF_8).length;
  }

  boolean hasTransportSequence() {
    return transportExtension > 0;
  }

  boolean hasRtx() {
    return rtxPayloadType >= 0;
  }

  boolean hasFec() {
    return fecPayloadType >= 0;
  }
}
