package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A publisher was asked for a keyframe. */
@Name("dev.sluice.KeyframeAskedFor")
@Label("Keyframe Asked For")
@Description("A publisher was asked for a keyframe")
@Category("Sluice")
@StackTrace(false)
final class KeyframeAskedForEvent extends Event {
  @Label("Stream")
  @Nullable String stream;
}
