package dev.sluice;

import org.jspecify.annotations.Nullable;

/** The engine cannot do what was asked; the message says why. */
public abstract class RelayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RelayException(String message) {
    super(message);
  }

  RelayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
