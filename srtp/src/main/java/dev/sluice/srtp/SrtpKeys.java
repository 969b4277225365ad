package dev.sluice.srtp;

import java.util.Arrays;
import java.util.Objects;

/**
 * Master key and master salt of one direction (RFC 3711, section 3.2.1). Immutable; the secret
 * appears in no text form.
 */
public final class SrtpKeys {

  private final SrtpProfile profile;
  private final byte[] masterKey;
  private final byte[] masterSalt;

  /**
   * Takes keying material that was agreed upon by other means than DTLS.
   *
   * @param profile protection profile the material is for
   * @param masterKey master key; it is copied
   * @param masterSalt master salt; it is copied
   * @throws IllegalArgumentException if a length is not that of the profile
   */
  public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
    this.profile = Objects.requireNonNull(profile, "profile");
    if (masterKey.length != profile.keyLength() || masterSalt.length != profile.saltLength()) {
      throw new IllegalArgumentException("key or salt has not the length that " + profile + " has");
    }
    this.masterKey = masterKey.clone();
    this.masterSalt = masterSalt.clone();
  }

  /**
   * Takes what the DTLS client encrypts with out of exported keying material (RFC 5764, section
   * 4.2).
   *
   * @param profile negotiated protection profile
   * @param keyBlock {@link SrtpProfile#keyBlockLength()} bytes exported with the label {@code
   *     EXTRACTOR-dtls_srtp}: client key, server key, client salt, server salt; it is copied
   * @return keys of the client's sending direction
   * @throws IllegalArgumentException if the length is not that of the profile
   */
  public static SrtpKeys ofClient(SrtpProfile profile, byte[] keyBlock) {
    return slice(profile, keyBlock, 0);
  }

  /**
   * Takes what the DTLS server encrypts with out of exported keying material (RFC 5764, section
   * 4.2).
   *
   * @param profile negotiated protection profile
   * @param keyBlock the same bytes as for {@link #ofClient}
   * @return keys of the server's sending direction
   * @throws IllegalArgumentException if the length is not that of the profile
   */
  public static SrtpKeys ofServer(SrtpProfile profile, byte[] keyBlock) {
    return slice(profile, keyBlock, 1);
  }

  private static SrtpKeys slice(SrtpProfile profile, byte[] keyBlock, int side) {
    if (keyBlock.length != profile.keyBlockLength()) {
      throw new IllegalArgumentException("key block has not the length that " + profile + " has");
    }
    int keyOffset = side * profile.keyLength();
    int saltOffset = 2 * profile.keyLength() + side * profile.saltLength();
    return new SrtpKeys(
        profile,
        Arrays.copyOfRange(keyBlock, keyOffset, keyOffset + profile.keyLength()),
        Arrays.copyOfRange(keyBlock, saltOffset, saltOffset + profile.saltLength()));
  }

  /**
   * Names the profile that the keys are for.
   *
   * @return the protection profile
   */
  public SrtpProfile profile() {
    return profile;
  }

  byte[] masterKey() {
    return masterKey;
  }

  byte[] masterSalt() {
    return masterSalt;
  }

  /** Names the profile only. */
  @Override
  public String toString() {
    return "SrtpKeys[" + profile + ", redacted]";
  }
}
