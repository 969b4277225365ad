package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A publisher came, or took the place of another one. */
@Name("dev.sluice.PublisherUp")
@Label("Publisher Up")
@Description("A publisher came, or took the place of another one")
@Category("Sluice")
@StackTrace(false)
final class PublisherUpEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Protocol")
  @Nullable String protocol;

  @Label("Address")
  @Nullable String address;
}
