package dev.sluice.srtp;

import org.jspecify.annotations.Nullable;

/**
 * The SRTP protection profiles that DTLS negotiates (RFC 5764, section 4.1.2; RFC 7714, section
 * 14.2), cheapest first. All lengths are in bytes.
 */
public enum SrtpProfile {
  /** AES-128 in Galois/counter mode with a tag of 128 bits. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 0, 16, 16),

  /** AES-256 in Galois/counter mode with a tag of 128 bits. */
  AEAD_AES_256_GCM(0x0008, 32, 12, 0, 16, 16),

  /** AES-128 in counter mode, HMAC-SHA1 with a tag of 80 bits. */
  AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 20, 10, 10),

  /** AES-128 in counter mode, HMAC-SHA1 with a tag of 32 bits for SRTP and 80 bits for SRTCP. */
  AES_CM_128_HMAC_SHA1_32(0x0002, 16, 14, 20, 4, 10);

  /** length of the word that carries the E flag and the SRTCP index */
  static final int RTCP_INDEX_LENGTH = 4;

  private final int id;
  private final int keyLength;
  private final int saltLength;
  private final int authKeyLength;
  private final int rtpTagLength;
  private final int rtcpTagLength;

  SrtpProfile(
      int id,
      int keyLength,
      int saltLength,
      int authKeyLength,
      int rtpTagLength,
      int rtcpTagLength) {
    this.id = id;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.authKeyLength = authKeyLength;
    this.rtpTagLength = rtpTagLength;
    this.rtcpTagLength = rtcpTagLength;
  }

  /**
   * Finds a profile by its number.
   *
   * @param id number in the IANA registry of DTLS-SRTP protection profiles
   * @return the profile, or null when it is not one of these
   */
  public static @Nullable SrtpProfile byId(int id) {
    for (SrtpProfile profile : values()) {
      if (profile.id == id) {
        return profile;
      }
    }
    return null;
  }

  /**
   * Says how DTLS names this profile.
   *
   * @return 16-bit number in the IANA registry of DTLS-SRTP protection profiles
   */
  public int id() {
    return id;
  }

  /**
   * Says how long master key and session encryption key are.
   *
   * @return length in bytes
   */
  public int keyLength() {
    return keyLength;
  }

  /**
   * Says how long master salt and session salt are.
   *
   * @return length in bytes
   */
  public int saltLength() {
    return saltLength;
  }

  /**
   * Says how much keying material the DTLS exporter has to give: key and salt for each side.
   *
   * @return length in bytes
   */
  public int keyBlockLength() {
    return 2 * (keyLength + saltLength);
  }

  /**
   * Says how much longer an RTP packet gets.
   *
   * @return length in bytes of the authentication tag
   */
  public int rtpOverhead() {
    return rtpTagLength;
  }

  /**
   * Says how much longer an RTCP packet gets.
   *
   * @return length in bytes of the authentication tag and of the word with the SRTCP index
   */
  public int rtcpOverhead() {
    return rtcpTagLength + RTCP_INDEX_LENGTH;
  }

  int rtcpTagLength() {
    return rtcpTagLength;
  }

  int authKeyLength() {
    return authKeyLength;
  }

  boolean isAead() {
    return authKeyLength == 0;
  }
}
