package dev.sluice.srtp;

import dev.sluice.rtp.BigEndian;
import java.security.Provider;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and authenticates RTCP compound packets for one peer (RFC 3711, section 3.4). It keeps
 * the SRTCP index of each SSRC that it sends from.
 *
 * <p>Used by one thread at a time.
 */
public final class SrtcpSender {

  /** how many packets the keys may serve */
  static final long MAX_PACKETS = 1L << 31;

  private static final int E_FLAG = 1 << 31;

  private final SrtpTransform transform;
  private long packets;
  private int[] ssrcs = {};
  private int[] nextIndexes = {};

  /**
   * Makes a sender.
   *
   * @param keys keys of the sending direction, the same as for {@link SrtpSender}
   * @param provider provider of the ciphers, or null for the first installed one that has them
   * @throws IllegalStateException if the provider has not the ciphers of the profile
   */
  public SrtcpSender(SrtpKeys keys, @Nullable Provider provider) {
    this(SrtpTransform.forRtcp(keys, provider), 0);
  }

  SrtcpSender(SrtpTransform transform, long packets) {
    this.transform = transform;
    this.packets = packets;
  }

  /**
   * Encrypts a compound packet in place and appends tag and SRTCP index.
   *
   * @param packet array that holds the packet and has room behind it for {@link
   *     SrtpProfile#rtcpOverhead()} bytes; borrowed for the call
   * @param offset index of the first byte of the packet
   * @param length length of the packet in bytes
   * @return length in bytes of the protected packet, or {@link SrtpStatus#KEY_EXPIRED}
   * @throws IllegalArgumentException if the packet is too short for RTCP
   * @throws IndexOutOfBoundsException if the protected packet exceeds the array
   */
  public int protect(byte[] packet, int offset, int length) {
    if (length < SrtcpReceiver.HEADER_LENGTH) {
      throw new IllegalArgumentException("an RTCP packet has 8 bytes at least, not " + length);
    }
    Objects.checkFromIndexSize(offset, length + transform.overhead(), packet.length);
    if (packets == MAX_PACKETS) {
      return SrtpStatus.KEY_EXPIRED;
    }
    packets++;
    int ssrc = BigEndian.getInt(packet, offset + SrtcpReceiver.SSRC_OFFSET);
    int stream = stream(ssrc);
    int index = nextIndexes[stream]++;
    return transform.protect(
        ssrc,
        index,
        index | E_FLAG,
        packet,
        offset,
        SrtcpReceiver.HEADER_LENGTH,
        packet,
        offset + SrtcpReceiver.HEADER_LENGTH,
        length - SrtcpReceiver.HEADER_LENGTH);
  }

  private int stream(int ssrc) {
    int i = 0;
    while (i < ssrcs.length && ssrcs[i] != ssrc) {
      i++;
    }
    if (i == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, i + 1);
      nextIndexes = Arrays.copyOf(nextIndexes, i + 1);
      ssrcs[i] = ssrc;
    }
    return i;
  }
}
