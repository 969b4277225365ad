package dev.sluice.rtcp;

import org.jspecify.annotations.Nullable;

/** The RTCP messages that this package reads. */
public enum MessageType {
  /** {@link SenderReport} */
  SENDER_REPORT(SenderReport::isValid),
  /** {@link ReceiverReport} */
  RECEIVER_REPORT(ReceiverReport::isValid),
  /** {@link SourceDescription} */
  SOURCE_DESCRIPTION(SourceDescription::isValid),
  /** {@link Bye} */
  BYE(Bye::isValid),
  /** {@link App} */
  APP(App::isValid),
  /** {@link GenericNack} */
  GENERIC_NACK(GenericNack::isValid),
  /** {@link TransportFeedback} */
  TRANSPORT_FEEDBACK(TransportFeedback::isValid),
  /** {@link PictureLossIndication} */
  PICTURE_LOSS_INDICATION(PictureLossIndication::isValid),
  /** {@link FullIntraRequest} */
  FULL_INTRA_REQUEST(FullIntraRequest::isValid),
  /** {@link ReceiverEstimatedMaxBitrate} */
  RECEIVER_ESTIMATED_MAX_BITRATE(ReceiverEstimatedMaxBitrate::isValid),
  /** {@link ExtendedReport} */
  EXTENDED_REPORT(ExtendedReport::isValid);

  private interface Validator {
    boolean isValid(byte[] buffer, int offset, int length);
  }

  private final Validator validator;

  MessageType(Validator validator) {
    this.validator = validator;
  }

  /** the type of a message that is at least a header long, or null when it is an unknown one */
  static @Nullable MessageType of(byte[] buffer, int offset, int length) {
    return switch (RtcpHeader.type(buffer, offset)) {
      case RtcpHeader.SR -> SENDER_REPORT;
      case RtcpHeader.RR -> RECEIVER_REPORT;
      case RtcpHeader.SDES -> SOURCE_DESCRIPTION;
      case RtcpHeader.BYE -> BYE;
      case RtcpHeader.APP -> APP;
      case RtcpHeader.RTPFB -> transportLayer(RtcpHeader.count(buffer, offset));
      case RtcpHeader.PSFB -> payloadSpecific(buffer, offset, length);
      case RtcpHeader.XR -> EXTENDED_REPORT;
      default -> null;
    };
  }

  boolean isValid(byte[] buffer, int offset, int length) {
    return validator.isValid(buffer, offset, length);
  }

  private static @Nullable MessageType transportLayer(int fmt) {
    return switch (fmt) {
      case GenericNack.FMT -> GENERIC_NACK;
      case TransportFeedback.FMT -> TRANSPORT_FEEDBACK;
      default -> null;
    };
  }

  private static @Nullable MessageType payloadSpecific(byte[] buffer, int offset, int length) {
    return switch (RtcpHeader.count(buffer, offset)) {
      case PictureLossIndication.FMT -> PICTURE_LOSS_INDICATION;
      case FullIntraRequest.FMT -> FULL_INTRA_REQUEST;
      case ReceiverEstimatedMaxBitrate.FMT ->
          ReceiverEstimatedMaxBitrate.isIdentified(buffer, offset, length)
              ? RECEIVER_ESTIMATED_MAX_BITRATE
              : null;
      default -> null;
    };
  }
}
