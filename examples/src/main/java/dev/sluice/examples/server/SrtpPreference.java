package dev.sluice.examples.server;

import dev.sluice.srtp.SrtpProfile;

/** Which SRTP profile is taken where a viewer offers several. */
public enum SrtpPreference {
  /** AES-GCM, which costs less */
  GCM(
      SrtpProfile.AEAD_AES_128_GCM,
      SrtpProfile.AEAD_AES_256_GCM,
      SrtpProfile.AES_CM_128_HMAC_SHA1_80),
  /** AES in counter mode with HMAC-SHA1, which every WebRTC implementation has */
  AES_CM(
      SrtpProfile.AES_CM_128_HMAC_SHA1_80,
      SrtpProfile.AEAD_AES_128_GCM,
      SrtpProfile.AEAD_AES_256_GCM);

  private final SrtpProfile[] profiles;

  SrtpPreference(SrtpProfile... profiles) {
    this.profiles = profiles;
  }

  SrtpProfile[] profiles() {
    return profiles.clone();
  }
}
