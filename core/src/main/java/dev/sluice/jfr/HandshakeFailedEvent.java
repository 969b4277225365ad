package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The DTLS handshake of a viewer failed. */
@Name("dev.sluice.HandshakeFailed")
@Label("Handshake Failed")
@Description("The DTLS handshake of a viewer failed")
@Category("Sluice")
@StackTrace(false)
final class HandshakeFailedEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Address")
  @Nullable String address;
}
