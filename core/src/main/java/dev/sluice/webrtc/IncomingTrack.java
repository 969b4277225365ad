package dev.sluice.webrtc;

import dev.sluice.TrackDescription;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.rtp.HeaderExtensionReader;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.NegotiatedTrack;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A track that a peer sends, in one at a time of the formats that were agreed on: which packets are
 * its own, and the way to its receiver.
 */
final class IncomingTrack {
  /** of two formats that come at once, the one that was there first stays */
  static final long PATIENCE_NANOS = 500_000_000;

  private final List<NegotiatedTrack> formats;
  private final @Nullable String rid;
  private final Function<NegotiatedTrack, IncomingFormat> opener;
  private IncomingFormat present;
  private boolean heard;
  private long heardNanos;

  /**
   * Makes a track in its first format.
   *
   * @param formats in which it may come; at least one
   * @param rid which of the encodings that were agreed on it is; null where there are none
   * @param opener makes what receives a format
   */
  IncomingTrack(
      List<NegotiatedTrack> formats,
      @Nullable String rid,
      Function<NegotiatedTrack, IncomingFormat> opener) {
    this.formats = List.copyOf(formats);
    this.rid = rid;
    this.opener = opener;
    present = opener.apply(formats.get(0));
  }

  /** what it is of; the same for all encodings */
  LocalTrack media() {
    return negotiated().track();
  }

  @Nullable String rid() {
    return rid;
  }

  /** what was agreed on for the present format */
  NegotiatedTrack negotiated() {
    return present.negotiated();
  }

  TrackDescription description() {
    return present.description();
  }

  TrackReceiver receiver() {
    return present.receiver();
  }

  /** whether it may come in several formats */
  boolean isOpen() {
    return formats.size() > 1;
  }

  /** whether a packet says which media description or which encoding it belongs to */
  boolean isNamed(RtpPacket packet) {
    return mid(packet) != null || rid(packet) != null;
  }

  /** whether a packet belongs here, by all that it says of itself (RFC 9143, section 9.2) */
  boolean claims(RtpPacket packet) {
    String mid = mid(packet);
    return (mid == null || mid.equals(negotiated().mid()))
        && isEncoding(rid(packet))
        && takes(packet.payloadType());
  }

  private boolean isEncoding(@Nullable String named) {
    return rid == null || (named == null ? negotiated().rids().size() == 1 : rid.equals(named));
  }

  /** whether a payload type is of one of its formats */
  boolean takes(int payloadType) {
    return isIn(payloadType) || format(payloadType) != null;
  }

  /** whether a payload type is of the present format */
  boolean isIn(int payloadType) {
    return IncomingFormat.has(negotiated(), payloadType);
  }

  private @Nullable NegotiatedTrack format(int payloadType) {
    for (NegotiatedTrack format : formats) {
      if (IncomingFormat.has(format, payloadType)) {
        return format;
      }
    }
    return null;
  }

  /**
   * Hears that a packet of one of its formats came.
   *
   * @return whether the peer has turned to that format: in the present one nothing came for long
   */
  boolean hear(int payloadType, long nowNanos) {
    if (!isIn(payloadType)) {
      return !heard || nowNanos - heardNanos >= PATIENCE_NANOS;
    }
    heard = true;
    heardNanos = nowNanos;
    return false;
  }

  /** Makes the format of a payload type the present one, with a receiver that is not started. */
  void turnTo(int payloadType) {
    NegotiatedTrack format = format(payloadType);
    if (format != null && !isIn(payloadType)) {
      receiver().close();
      present = opener.apply(format);
    }
  }

  /**
   * Takes a packet of the present format.
   *
   * @param packet borrowed; changed where it holds another one
   * @param view of it
   */
  void receive(ByteBuf packet, RtpPacket view, long nowNanos) {
    present.receive(packet, view, nowNanos);
  }

  private @Nullable String mid(RtpPacket packet) {
    return value(packet, HeaderExtension.MID);
  }

  private @Nullable String rid(RtpPacket packet) {
    String rid = value(packet, HeaderExtension.RID);
    return rid == null ? value(packet, HeaderExtension.REPAIRED_RID) : rid;
  }

  private @Nullable String value(RtpPacket packet, String uri) {
    int id = negotiated().extensionId(uri);
    HeaderExtensionReader extensions = packet.extensions();
    return id >= 0 && extensions.find(id)
        ? packet
            .buffer()
            .toString(extensions.offset(), extensions.length(), StandardCharsets.US_ASCII)
        : null;
  }
}
