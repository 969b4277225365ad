package dev.sluice.ice;

/** Attribute types of RFC 8489 section 18.3 and RFC 8445 section 16.1. */
final class StunAttribute {
  static final int MAPPED_ADDRESS = 0x0001;
  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000A;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
  static final int PASSWORD_ALGORITHM = 0x001D;
  static final int USERHASH = 0x001E;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int SOFTWARE = 0x8022;
  static final int FINGERPRINT = 0x8028;
  static final int ICE_CONTROLLED = 0x8029;
  static final int ICE_CONTROLLING = 0x802A;

  static final int FINGERPRINT_XOR = 0x5354554E;
  static final int IPV4 = 0x01;
  static final int IPV6 = 0x02;

  /** How many attributes have a slot. */
  static final int SLOTS = 17;

  private StunAttribute() {}

  /** A small number for each attribute that this codec knows, -1 for any other. */
  static int slot(int type) {
    switch (type) {
      case MAPPED_ADDRESS:
        return 0;
      case USERNAME:
        return 1;
      case MESSAGE_INTEGRITY:
        return 2;
      case ERROR_CODE:
        return 3;
      case UNKNOWN_ATTRIBUTES:
        return 4;
      case REALM:
        return 5;
      case NONCE:
        return 6;
      case MESSAGE_INTEGRITY_SHA256:
        return 7;
      case PASSWORD_ALGORITHM:
        return 8;
      case USERHASH:
        return 9;
      case XOR_MAPPED_ADDRESS:
        return 10;
      case PRIORITY:
        return 11;
      case USE_CANDIDATE:
        return 12;
      case SOFTWARE:
        return 13;
      case FINGERPRINT:
        return 14;
      case ICE_CONTROLLED:
        return 15;
      case ICE_CONTROLLING:
        return 16;
      default:
        return -1;
    }
  }

  static boolean isComprehensionRequired(int type) {
    return type < 0x8000;
  }

  static boolean isIntegrity(int type) {
    return type == MESSAGE_INTEGRITY || type == MESSAGE_INTEGRITY_SHA256;
  }
}
