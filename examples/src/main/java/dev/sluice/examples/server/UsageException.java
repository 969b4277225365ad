package dev.sluice.examples.server;

/** The command line is not understood; the message says what is wrong and what is allowed. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
