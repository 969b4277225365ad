package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A viewer does not get all pictures from now on, or gets all again. */
@Name("dev.sluice.ViewerThinned")
@Label("Viewer Thinned")
@Description("A viewer does not get all pictures from now on, or gets all again")
@Category("Sluice")
@StackTrace(false)
final class ViewerThinnedEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Address")
  @Nullable String address;

  @Label("Thinned")
  boolean thinned;

  @Label("Estimated Bit Rate")
  @Description("Bits per second that the link is taken to carry; -1 where that is not known")
  long estimatedBitrate;

  @Label("Access Units Withheld")
  @Description("Pictures left out so far")
  long accessUnitsWithheld;
}
