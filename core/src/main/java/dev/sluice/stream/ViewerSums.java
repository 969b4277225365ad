package dev.sluice.stream;

import dev.sluice.DisconnectReason;
import dev.sluice.JoinPhase;
import dev.sluice.TimeHistogram;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import dev.sluice.ViewerTotals;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Adds up what viewers count. */
public final class ViewerSums implements Tally.Sums<Viewer, ViewerSums> {
  private final long[] figures;
  private final long[] reached;
  private final long[] disconnected;
  private final long[] firstFrames;
  private Duration untilFirstFrames;

  private enum Figure {
    PACKETS_SENT(ViewerStatistics::packetsSent),
    BYTES_SENT(ViewerStatistics::bytesSent),
    RETRANSMITTED_PACKETS(ViewerStatistics::retransmittedPacketsSent),
    RETRANSMITTED_BYTES(ViewerStatistics::retransmittedBytesSent),
    REQUESTED(ViewerStatistics::retransmissionsRequested),
    TOO_LATE(ViewerStatistics::retransmissionsTooLate),
    LIMITED(ViewerStatistics::retransmissionsLimited),
    FEC_PACKETS(ViewerStatistics::fecPacketsSent),
    FEC_BYTES(ViewerStatistics::fecBytesSent),
    NACKS(ViewerStatistics::nackCount),
    PLIS(ViewerStatistics::pliCount),
    FIRS(ViewerStatistics::firCount),
    RESYNCHRONISATIONS(ViewerStatistics::resynchronisations),
    WITHHELD(ViewerStatistics::accessUnitsWithheld),
    RTCP_SENT(ViewerStatistics::rtcpBytesSent),
    RTCP_RECEIVED(ViewerStatistics::rtcpBytesReceived),
    DROPPED(ViewerStatistics::dropped);

    private final ToLongFunction<ViewerStatistics> in;

    Figure(ToLongFunction<ViewerStatistics> in) {
      this.in = in;
    }
  }

  /** Makes sums of nothing. */
  public ViewerSums() {
    figures = new long[Figure.values().length];
    reached = new long[JoinPhase.values().length];
    disconnected = new long[DisconnectReason.values().length];
    firstFrames = new long[TimeHistogram.BOUNDS.size() + 1];
    untilFirstFrames = Duration.ZERO;
  }

  private ViewerSums(ViewerSums other) {
    figures = other.figures.clone();
    reached = other.reached.clone();
    disconnected = other.disconnected.clone();
    firstFrames = other.firstFrames.clone();
    untilFirstFrames = other.untilFirstFrames;
  }

  @Override
  public ViewerSums copy() {
    return new ViewerSums(this);
  }

  @Override
  public void add(Viewer viewer) {
    ViewerStatistics statistics = viewer.statistics();
    for (Figure figure : Figure.values()) {
      figures[figure.ordinal()] += figure.in.applyAsLong(statistics);
    }
    statistics.joined().keySet().forEach(phase -> reached[phase.ordinal()]++);
    addFirstFrame(statistics.joined().get(JoinPhase.FIRST_FRAME));
    DisconnectReason reason = viewer.disconnectReason();
    if (reason != null) {
      disconnected[reason.ordinal()]++;
    }
  }

  private void addFirstFrame(@Nullable Duration time) {
    if (time != null) {
      firstFrames[bucket(time)]++;
      untilFirstFrames = untilFirstFrames.plus(time);
    }
  }

  private static int bucket(Duration time) {
    int bucket = 0;
    while (bucket < TimeHistogram.BOUNDS.size()
        && time.compareTo(TimeHistogram.BOUNDS.get(bucket)) > 0) {
      bucket++;
    }
    return bucket;
  }

  /** {@return the sums as the host sees them} */
  public ViewerTotals totals() {
    return new ViewerTotals(
        reached[JoinPhase.ANSWERED.ordinal()],
        reached[JoinPhase.CONNECTED.ordinal()],
        byReason(),
        reached[JoinPhase.HANDSHAKE_BEGUN.ordinal()],
        reached[JoinPhase.HANDSHAKE_DONE.ordinal()],
        disconnected[DisconnectReason.HANDSHAKE_FAILED.ordinal()],
        sum(Figure.PACKETS_SENT),
        sum(Figure.BYTES_SENT),
        sum(Figure.RETRANSMITTED_PACKETS),
        sum(Figure.RETRANSMITTED_BYTES),
        sum(Figure.REQUESTED),
        sum(Figure.TOO_LATE),
        sum(Figure.LIMITED),
        sum(Figure.FEC_PACKETS),
        sum(Figure.FEC_BYTES),
        sum(Figure.NACKS),
        sum(Figure.PLIS),
        sum(Figure.FIRS),
        sum(Figure.RESYNCHRONISATIONS),
        sum(Figure.WITHHELD),
        sum(Figure.RTCP_SENT),
        sum(Figure.RTCP_RECEIVED),
        sum(Figure.DROPPED),
        new TimeHistogram(Arrays.stream(firstFrames).boxed().toList(), untilFirstFrames));
  }

  private long sum(Figure figure) {
    return figures[figure.ordinal()];
  }

  private Map<DisconnectReason, Long> byReason() {
    Map<DisconnectReason, Long> counts = new EnumMap<>(DisconnectReason.class);
    for (DisconnectReason reason : DisconnectReason.values()) {
      counts.put(reason, disconnected[reason.ordinal()]);
    }
    return counts;
  }
}
