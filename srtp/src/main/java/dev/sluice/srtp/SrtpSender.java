package dev.sluice.srtp;

import dev.sluice.rtp.RtpHeader;
import java.security.Provider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and authenticates RTP packets for one peer (RFC 3711, section 3.3). Any number of SSRCs
 * may share a sender, as long as they differ: it keeps nothing of them, since the caller knows the
 * index of each packet.
 *
 * <p>Used by one thread at a time.
 */
public final class SrtpSender {

  /** one more than the highest index, and how many packets the keys may serve */
  static final long MAX_PACKETS = 1L << 48;

  private final SrtpTransform transform;
  private long packets;

  /**
   * Makes a sender.
   *
   * @param keys keys of the sending direction
   * @param provider provider of the ciphers, or null for the first installed one that has them
   * @throws IllegalStateException if the provider has not the ciphers of the profile
   */
  public SrtpSender(SrtpKeys keys, @Nullable Provider provider) {
    this(SrtpTransform.forRtp(keys, provider), 0);
  }

  SrtpSender(SrtpTransform transform, long packets) {
    this.transform = transform;
    this.packets = packets;
  }

  /**
   * Encrypts a payload behind the RTP header that stands in the packet already, and appends the
   * tag. The payload is read once, so it may change meanwhile: the packet is then authentic
   * garbage.
   *
   * <p><b>An index must never be sent with two different packets.</b> To send a packet again on its
   * SSRC, every byte of header and payload must be as it was the first time; header extensions that
   * change, such as a transport-wide sequence number, forbid that. Two different packets with one
   * index let an eavesdropper learn their difference (RFC 3711, section 9.1) and, with the GCM
   * profiles, forge more. Retransmission with an SSRC of its own (RFC 4588) has no such danger.
   *
   * @param index extended sequence number of 48 bits: roll-over counter and sequence number
   * @param packet array with the header, written behind it; borrowed for the call
   * @param offset index in packet of the first byte of the header
   * @param headerLength length in bytes of the header with CSRC list and extension
   * @param payload array with the payload, not written to; borrowed for the call. It may be the
   *     packet itself where the payload stands right behind the header
   * @param payloadOffset index in payload of its first byte
   * @param payloadLength length in bytes of the payload
   * @return length in bytes of the protected packet, or {@link SrtpStatus#KEY_EXPIRED}
   * @throws IllegalArgumentException if the index is not that of the header's sequence number
   * @throws IndexOutOfBoundsException if payload or protected packet exceed their array
   */
  public int protect(
      long index,
      byte[] packet,
      int offset,
      int headerLength,
      byte[] payload,
      int payloadOffset,
      int payloadLength) {
    Objects.checkFromIndexSize(payloadOffset, payloadLength, payload.length);
    int length = headerLength + payloadLength + transform.overhead();
    Objects.checkFromIndexSize(offset, length, packet.length);
    if (index < 0 || (index & 0xFFFF) != RtpHeader.sequenceNumber(packet, offset)) {
      throw new IllegalArgumentException("index " + index + " is not that of the header");
    }
    if (index >= MAX_PACKETS || packets == MAX_PACKETS) {
      return SrtpStatus.KEY_EXPIRED;
    }
    packets++;
    return transform.protect(
        RtpHeader.ssrc(packet, offset),
        index,
        (int) (index >>> 16),
        packet,
        offset,
        headerLength,
        payload,
        payloadOffset,
        payloadLength);
  }
}
