package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A viewer's session ended. */
@Name("dev.sluice.ViewerGone")
@Label("Viewer Gone")
@Description("A viewer's session ended")
@Category("Sluice")
@StackTrace(false)
final class ViewerGoneEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Address")
  @Nullable String address;

  @Label("Reason")
  @Nullable String reason;

  @Label("Packets Sent")
  long packetsSent;

  @Label("Bytes Sent")
  long bytesSent;

  @Label("Access Units Withheld")
  long accessUnitsWithheld;
}
