package dev.sluice.signalling;

import java.util.HexFormat;

/** Errors as problem details (RFC 9457). */
enum Problem {
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  NOT_ACCEPTABLE(406, "Not Acceptable"),
  PRECONDITION_FAILED(412, "Precondition Failed"),
  CONTENT_TOO_LARGE(413, "Content Too Large"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  UNPROCESSABLE_CONTENT(422, "Unprocessable Content"),
  PRECONDITION_REQUIRED(428, "Precondition Required"),
  INTERNAL_SERVER_ERROR(500, "Internal Server Error"),
  SERVICE_UNAVAILABLE(503, "Service Unavailable");

  private static final String MEDIA_TYPE = "application/problem+json";

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** Returns the response; the type is the generic one, whose title is that of the status code. */
  SignallingResponse because(String detail) {
    StringBuilder json = new StringBuilder(128);
    json.append("{\"type\":\"about:blank\",\"title\":\"").append(title);
    json.append("\",\"status\":").append(status).append(",\"detail\":\"");
    escape(detail, json);
    return SignallingResponse.of(status, MEDIA_TYPE, json.append("\"}").toString());
  }

  boolean is(SignallingResponse response) {
    return response.status() == status;
  }

  /** Escapes as RFC 8259 section 7 demands, and all that is not printable ASCII besides. */
  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
  }
}
