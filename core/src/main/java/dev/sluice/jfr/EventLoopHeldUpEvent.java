package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An event loop had no turn for long. */
@Name("dev.sluice.EventLoopHeldUp")
@Label("Event Loop Held Up")
@Description("An event loop had no turn for long")
@Category("Sluice")
@StackTrace(false)
final class EventLoopHeldUpEvent extends Event {
  @Label("Event Loop")
  @Nullable String loop;

  @Label("Since Last Turn")
  @Timespan(Timespan.NANOSECONDS)
  long sinceLastTurn;
}
