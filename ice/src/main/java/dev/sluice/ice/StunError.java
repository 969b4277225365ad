package dev.sluice.ice;

/** The errors an agent answers with (RFC 8489 section 14.8, RFC 8445 section 16.1). */
enum StunError {
  BAD_REQUEST(400, "Bad Request", IceCounter.BAD_REQUESTS),
  UNAUTHENTICATED(401, "Unauthenticated", IceCounter.AUTH_FAILURES),
  UNKNOWN_ATTRIBUTE(420, "Unknown Attribute", IceCounter.UNKNOWN_ATTRIBUTES),
  ROLE_CONFLICT(487, "Role Conflict", IceCounter.ROLE_CONFLICTS);

  final int code;
  final String reason;
  final IceCounter counter;

  StunError(int code, String reason, IceCounter counter) {
    this.code = code;
    this.reason = reason;
    this.counter = counter;
  }
}
