package dev.sluice.sdp;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one track is sent to the viewer.
 *
 * @param track the track
 * @param mid the identification tag of the media description, empty when it has none
 * @param format the chosen payload format as it was offered
 * @param rtxPayloadType the payload type of retransmissions (RFC 4588), or -1 without
 * @param midExtension the MID header extension, or null without
 * @param feedback the kinds of RTCP feedback that were agreed on
 * @param reducedSize whether reduced-size RTCP (RFC 5506) was agreed on
 */
public record NegotiatedTrack(
    LocalTrack track,
    String mid,
    PayloadFormat format,
    int rtxPayloadType,
    @Nullable HeaderExtension midExtension,
    Set<Feedback> feedback,
    boolean reducedSize) {

  /** Copies the set. */
  public NegotiatedTrack {
    feedback = Set.copyOf(feedback);
  }

  static NegotiatedTrack of(
      LocalTrack track, OfferedMedia media, PayloadFormat chosen, boolean retransmission) {
    MediaDescription description = media.description();
    Set<Feedback> feedback = feedback(chosen, retransmission);
    boolean answersNacks = feedback.contains(Feedback.NACK);
    return new NegotiatedTrack(
        track,
        Objects.requireNonNullElse(description.mid(), ""),
        chosen,
        answersNacks ? rtxPayloadType(chosen, media.formats()) : -1,
        midExtension(description),
        feedback,
        description.lines().has("rtcp-rsize"));
  }

  private static Set<Feedback> feedback(PayloadFormat chosen, boolean retransmission) {
    Set<Feedback> feedback = EnumSet.noneOf(Feedback.class);
    for (Feedback kind : Feedback.values()) {
      if (chosen.feedback().contains(kind.attribute())) {
        feedback.add(kind);
      }
    }
    if (!retransmission) {
      feedback.remove(Feedback.NACK);
    }
    return feedback;
  }

  private static int rtxPayloadType(PayloadFormat chosen, List<PayloadFormat> offered) {
    String payloadType = Integer.toString(chosen.payloadType());
    for (PayloadFormat format : offered) {
      if (format.is("rtx", chosen.clockRate()) && payloadType.equals(format.parameter("apt"))) {
        return format.payloadType();
      }
    }
    return -1;
  }

  private static @Nullable HeaderExtension midExtension(MediaDescription media) {
    for (HeaderExtension extension : HeaderExtension.of(media)) {
      if (extension.uri().equals(HeaderExtension.MID) && extension.isReceivedInOneByteForm()) {
        return extension;
      }
    }
    return null;
  }

  /** {@return the identifier of the MID header extension, 1 to 14, or -1 without} */
  public int midExtensionId() {
    return midExtension == null ? -1 : midExtension.id();
  }

  /** {@return the RTP payload type} */
  public int payloadType() {
    return format.payloadType();
  }

  /** {@return whether retransmissions go in a stream of their own} */
  public boolean hasRtx() {
    return rtxPayloadType >= 0;
  }
}
