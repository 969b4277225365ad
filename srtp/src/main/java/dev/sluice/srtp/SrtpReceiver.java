package dev.sluice.srtp;

import dev.sluice.rtp.RtpHeader;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and decrypts the RTP packets of one peer (RFC 3711, section 3.3). The packets of
 * all its SSRCs pass through one receiver; how many SSRCs that may be is bounded, and only an
 * authentic packet adds one.
 *
 * <p>Used by one thread at a time.
 */
public final class SrtpReceiver {

  /** Replay window, in packets, that suits retransmission on the same SSRC. */
  public static final int DEFAULT_WINDOW_SIZE = 1024;

  /** How many SSRCs a peer may use unless told otherwise. */
  public static final int DEFAULT_MAX_SSRCS = 32;

  private static final int HALF_SEQUENCE_SPACE = 1 << 15;
  private static final int SEQUENCE_SPACE = 1 << 16;

  private final InboundStreams streams;

  /**
   * Makes a receiver with the default window size and number of SSRCs.
   *
   * @param keys keys that the peer sends with
   * @param provider provider of the ciphers, or null for the first installed one that has them
   * @throws IllegalStateException if the provider has not the ciphers of the profile
   */
  public SrtpReceiver(SrtpKeys keys, @Nullable Provider provider) {
    this(keys, provider, DEFAULT_WINDOW_SIZE, DEFAULT_MAX_SSRCS);
  }

  /**
   * Makes a receiver.
   *
   * @param keys keys that the peer sends with
   * @param provider provider of the ciphers, or null for the first installed one that has them
   * @param windowSize how many packets a packet may be late, 64 to 32768
   * @param maxSsrcs how many SSRCs the peer may use, at least 1
   * @throws IllegalArgumentException if a number is out of its range
   * @throws IllegalStateException if the provider has not the ciphers of the profile
   */
  public SrtpReceiver(SrtpKeys keys, @Nullable Provider provider, int windowSize, int maxSsrcs) {
    this(new InboundStreams(SrtpTransform.forRtp(keys, provider), windowSize, maxSsrcs));
  }

  SrtpReceiver(InboundStreams streams) {
    this.streams = streams;
  }

  /**
   * Authenticates a packet and decrypts it in place. After a negative result nothing but the bytes
   * of the packet may have changed.
   *
   * @param packet array that holds the packet; borrowed for the call
   * @param offset index of the first byte of the packet
   * @param length length of the packet in bytes
   * @return length in bytes of the RTP packet without the tag, or a negative {@link SrtpStatus}
   */
  public int unprotect(byte[] packet, int offset, int length) {
    int headerLength = RtpHeader.length(packet, offset, length);
    if (headerLength < 0 || length - streams.transform().overhead() < headerLength) {
      return SrtpStatus.MALFORMED;
    }
    int ssrc = RtpHeader.ssrc(packet, offset);
    ReplayWindow window = streams.find(ssrc);
    long index = RtpHeader.sequenceNumber(packet, offset);
    if (window != null) {
      index = estimateIndex(window.highest(), (int) index);
      if (index < 0) {
        return SrtpStatus.REPLAYED;
      }
      if (index >= SrtpSender.MAX_PACKETS) {
        return SrtpStatus.KEY_EXPIRED;
      }
    }
    int rollOverCounter = (int) (index >>> 16);
    return streams.unprotect(
        window, ssrc, index, rollOverCounter, packet, offset, length, headerLength);
  }

  /** The index next to the highest one that has this sequence number (RFC 3711, appendix A). */
  static long estimateIndex(long highest, int sequenceNumber) {
    int highestSequenceNumber = (int) highest & 0xFFFF;
    int distance = sequenceNumber - highestSequenceNumber;
    if (highestSequenceNumber < HALF_SEQUENCE_SPACE) {
      return highest + (distance > HALF_SEQUENCE_SPACE ? distance - SEQUENCE_SPACE : distance);
    }
    return highest + (distance < -HALF_SEQUENCE_SPACE ? distance + SEQUENCE_SPACE : distance);
  }
}
