package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A viewer fell behind the history and goes on at a keyframe. */
@Name("dev.sluice.Resynchronised")
@Label("Resynchronised")
@Description("A viewer fell behind the history and goes on at a keyframe")
@Category("Sluice")
@StackTrace(false)
final class ResynchronisedEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Address")
  @Nullable String address;
}
