package dev.sluice.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A viewer was sent its first picture; the phases of its join add up to the whole. */
@Name("dev.sluice.ViewerJoined")
@Label("Viewer Joined")
@Description("A viewer was sent its first picture; the phases of its join add up to the whole")
@Category("Sluice")
@StackTrace(false)
final class ViewerJoinedEvent extends Event {
  @Label("Stream")
  @Nullable String stream;

  @Label("Address")
  @Nullable String address;

  @Label("From Offer to First Picture")
  @Timespan(Timespan.NANOSECONDS)
  long whole;

  @Label("Offer to Answer")
  @Timespan(Timespan.NANOSECONDS)
  long answer;

  @Label("Answer to First Check")
  @Timespan(Timespan.NANOSECONDS)
  long check;

  @Label("First Check to Handshake")
  @Timespan(Timespan.NANOSECONDS)
  long handshakeWait;

  @Label("Handshake")
  @Timespan(Timespan.NANOSECONDS)
  long handshake;

  @Label("Handshake to Path")
  @Timespan(Timespan.NANOSECONDS)
  long connect;

  @Label("Path to First Picture")
  @Timespan(Timespan.NANOSECONDS)
  long firstFrame;
}
