package dev.sluice.srtp;

import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Encryption and authentication of one packet: what SRTP and SRTCP have in common. It knows neither
 * streams nor replay; the callers give it the index of each packet.
 *
 * <p>Besides the index each packet comes with a word that is authenticated. For SRTP it is the
 * roll-over counter, which is not transmitted; for SRTCP it is the E flag with the SRTCP index,
 * which is. The transform knows from its construction which of the two it serves.
 *
 * <p>An instance serves one direction and one thread.
 */
sealed interface SrtpTransform permits GcmTransform, CounterModeTransform {

  /** Makes the transform of SRTP. */
  static SrtpTransform forRtp(SrtpKeys keys, @Nullable Provider provider) {
    SrtpProfile profile = keys.profile();
    SessionKeys sessionKeys = SessionKeys.forRtp(keys);
    return profile.isAead()
        ? new GcmTransform(sessionKeys, 0, provider)
        : new CounterModeTransform(sessionKeys, profile.rtpOverhead(), 0, provider);
  }

  /** Makes the transform of SRTCP. */
  static SrtpTransform forRtcp(SrtpKeys keys, @Nullable Provider provider) {
    SrtpProfile profile = keys.profile();
    SessionKeys sessionKeys = SessionKeys.forRtcp(keys);
    int wordLength = SrtpProfile.RTCP_INDEX_LENGTH;
    return profile.isAead()
        ? new GcmTransform(sessionKeys, wordLength, provider)
        : new CounterModeTransform(sessionKeys, profile.rtcpTagLength(), wordLength, provider);
  }

  /** how many bytes protecting adds: the tag, and the word where it is transmitted */
  int overhead();

  /** where the transmitted word stands, in bytes before the end of the packet */
  int wordDistance();

  /**
   * Protects a packet whose first bytes stand in their place.
   *
   * @return length of the protected packet
   */
  int protect(
      int ssrc,
      long index,
      int word,
      byte[] packet,
      int offset,
      int clearLength,
      byte[] plain,
      int plainOffset,
      int plainLength);

  /**
   * Authenticates a packet and decrypts it in place.
   *
   * @param length length of the protected packet, at least clearLength and the overhead
   * @param clearLength how many bytes of it are not encrypted
   * @return whether it is authentic; if not, bytes after clearLength are undefined
   */
  boolean unprotect(
      int ssrc, long index, int word, byte[] packet, int offset, int length, int clearLength);
}
