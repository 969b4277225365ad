package dev.sluice.rtsp;

/**
 * Names of headers (RFC 2326, section 12), spelt as there: not every client knows that case does
 * not matter.
 */
final class HeaderNames {
  static final String ACCEPT = "Accept";
  static final String ALLOW = "Allow";
  static final String AUTHORIZATION = "Authorization";
  static final String CONNECTION = "Connection";
  static final String CONTENT_BASE = "Content-Base";
  static final String CONTENT_ENCODING = "Content-Encoding";
  static final String CONTENT_LENGTH = "Content-Length";
  static final String CONTENT_LOCATION = "Content-Location";
  static final String CONTENT_TYPE = "Content-Type";
  static final String CSEQ = "CSeq";
  static final String LOCATION = "Location";
  static final String PUBLIC = "Public";
  static final String RANGE = "Range";
  static final String REQUIRE = "Require";
  static final String RTP_INFO = "RTP-Info";
  static final String SESSION = "Session";
  static final String TRANSPORT = "Transport";
  static final String UNSUPPORTED = "Unsupported";
  static final String USER_AGENT = "User-Agent";
  static final String WWW_AUTHENTICATE = "WWW-Authenticate";

  private HeaderNames() {}
}
