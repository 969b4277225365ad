package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A publisher left, or another one took its place. */
@Name("dev.sluice.PublisherDown")
@Label("Publisher Down")
@Description("A publisher left, or another one took its place")
@Category("Sluice")
@StackTrace(false)
final class PublisherDownEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Protocol")
  @Nullable String protocol;

  @Label("Packets Received")
  long packetsReceived;

  @Label("Bytes Received")
  long bytesReceived;
}
