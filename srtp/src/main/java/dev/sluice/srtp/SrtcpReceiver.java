package dev.sluice.srtp;

import dev.sluice.rtp.BigEndian;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and decrypts the RTCP compound packets of one peer (RFC 3711, section 3.4). How
 * many SSRCs the peer may use is bounded, and only an authentic packet adds one.
 *
 * <p>Used by one thread at a time.
 */
public final class SrtcpReceiver {

  /** Replay window, in packets, unless told otherwise. */
  public static final int DEFAULT_WINDOW_SIZE = 128;

  /** How many SSRCs a peer may use unless told otherwise. */
  public static final int DEFAULT_MAX_SSRCS = 32;

  /** length of what is not encrypted: the first header with the sender's SSRC */
  static final int HEADER_LENGTH = 8;

  static final int SSRC_OFFSET = 4;

  private static final int VERSION = 2;
  private static final int INDEX_MASK = 0x7FFFFFFF;

  private final InboundStreams streams;

  /**
   * Makes a receiver with the default window size and number of SSRCs.
   *
   * @param keys keys that the peer sends with
   * @param provider provider of the ciphers, or null for the first installed one that has them
   * @throws IllegalStateException if the provider has not the ciphers of the profile
   */
  public SrtcpReceiver(SrtpKeys keys, @Nullable Provider provider) {
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
  public SrtcpReceiver(SrtpKeys keys, @Nullable Provider provider, int windowSize, int maxSsrcs) {
    this(new InboundStreams(SrtpTransform.forRtcp(keys, provider), windowSize, maxSsrcs));
  }

  SrtcpReceiver(InboundStreams streams) {
    this.streams = streams;
  }

  /**
   * Authenticates a packet and decrypts it in place, unless its E flag says that it is not
   * encrypted. After a negative result nothing but the bytes of the packet may have changed.
   *
   * @param packet array that holds the packet; borrowed for the call
   * @param offset index of the first byte of the packet
   * @param length length of the packet in bytes
   * @return length in bytes of the compound packet without tag and SRTCP index, or a negative
   *     {@link SrtpStatus}
   */
  public int unprotect(byte[] packet, int offset, int length) {
    SrtpTransform transform = streams.transform();
    int plainLength = length - transform.overhead();
    if (plainLength < HEADER_LENGTH || (packet[offset] & 0xFF) >>> 6 != VERSION) {
      return SrtpStatus.MALFORMED;
    }
    int word = BigEndian.getInt(packet, offset + length - transform.wordDistance());
    boolean encrypted = word < 0;
    int ssrc = BigEndian.getInt(packet, offset + SSRC_OFFSET);
    return streams.unprotect(
        streams.find(ssrc),
        ssrc,
        word & INDEX_MASK,
        word,
        packet,
        offset,
        length,
        encrypted ? HEADER_LENGTH : plainLength);
  }
}
