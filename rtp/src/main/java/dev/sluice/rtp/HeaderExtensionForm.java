package dev.sluice.rtp;

/** The two forms of an RTP header extension (RFC 8285). */
public enum HeaderExtensionForm {

  /** IDs 1 to 14 with values of 1 to 16 bytes (section 4.2): the form every peer understands */
  ONE_BYTE(0xBEDE, 1, 14, 1, 16),

  /** IDs 1 to 255 with values of 0 to 255 bytes (section 4.3) */
  TWO_BYTE(0x1000, 2, 255, 0, 255);

  /** bits of the two-byte form's profile that are free for applications */
  static final int APPBITS = 0x000F;

  private final int profile;
  private final int prefixLength;
  private final int maxId;
  private final int minLength;
  private final int maxLength;

  HeaderExtensionForm(int profile, int prefixLength, int maxId, int minLength, int maxLength) {
    this.profile = profile;
    this.prefixLength = prefixLength;
    this.maxId = maxId;
    this.minLength = minLength;
    this.maxLength = maxLength;
  }

  /** the "defined by profile" field that announces this form, appbits zero */
  int profile() {
    return profile;
  }

  /** bytes that stand before the value of an element */
  int prefixLength() {
    return prefixLength;
  }

  /**
   * Tells whether an element can be expressed in this form.
   *
   * @param id ID of the element
   * @param length length of its value in bytes
   * @return whether both are within the limits of this form
   */
  public boolean allows(int id, int length) {
    return id >= 1 && id <= maxId && length >= minLength && length <= maxLength;
  }
}
