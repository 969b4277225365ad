package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A publisher was told what the links of its viewers carry. */
@Name("dev.sluice.BitrateHint")
@Label("Bit Rate Hint")
@Description("A publisher was told what the links of its viewers carry")
@Category("Sluice")
@StackTrace(false)
final class BitrateHintEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Rendition")
  @Nullable String rendition;

  @Label("Track")
  @Nullable String track;

  @Label("Bit Rate")
  @Description("Bits per second; -1 for no limit any more")
  long bitrate;
}
