package dev.sluice.rtsp;

import org.jspecify.annotations.Nullable;

/** What a peer says of who it is, and how it proves that. */
interface Credentials {
  String user();

  /** Whether they were made with a password, in a time that does not depend on it. */
  boolean isPassword(String expected);

  /** the password, or null when it was not sent */
  @Nullable String password();
}
