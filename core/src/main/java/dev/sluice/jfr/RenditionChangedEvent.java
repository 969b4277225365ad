package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A viewer gets another encoding of the picture. */
@Name("dev.sluice.RenditionChanged")
@Label("Rendition Changed")
@Description("A viewer gets another encoding of the picture")
@Category("Sluice")
@StackTrace(false)
final class RenditionChangedEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Address")
  @Nullable String address;

  @Label("Rendition")
  @Nullable String rendition;

  @Label("Estimated Bit Rate")
  @Description("Bits per second that the link is taken to carry; -1 where that is not known")
  long estimatedBitrate;
}
