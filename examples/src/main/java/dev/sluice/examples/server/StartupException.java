package dev.sluice.examples.server;

import dev.sluice.ice.IpLiteral;
import java.net.InetSocketAddress;

/** The server cannot start; the message says why and what to do about it. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1;

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }

  static StartupException cannotListen(
      String what, String transport, InetSocketAddress address, String option, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message =
        "%s cannot listen on %s port %s of %s: %s. %s"
            .formatted(
                what,
                transport,
                address.getPort(),
                IpLiteral.of(address.getAddress()),
                root.getMessage(),
                "If another program uses the port, end it or choose another port with " + option);
    return new StartupException(message, cause);
  }
}
