package dev.sluice.benchmarks.load.viewer;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What all viewers counted so far; delays since the last {@link ViewerSwarm#beginWindow}, in
 * nanoseconds.
 *
 * @param packets RTP packets that were authentic, right and in time, retransmissions included
 * @param bytes of their datagrams
 * @param frames complete ones
 * @param freezes those of them before which the picture stood still
 * @param lost packets that never came, or too late
 * @param recovered packets of {@link #packets} that had been missing
 * @param late packets that came after their deadline, or twice
 * @param wrong packets whose content or order was not what was sent
 * @param notAuthentic datagrams whose authentication failed
 * @param simulatedLosses datagrams that were thrown away on purpose
 * @param nacks sequence numbers asked for again
 * @param rtcpBytesReceived SRTCP bytes from the relay
 * @param rtcpBytesSent SRTCP bytes to the relay
 * @param forged packets of feedback that were made up
 * @param delay from the publisher's hand to the viewer's
 * @param recoveryDelay the same of packets that had been missing
 * @param joinToPacket from the offer to the first packet
 * @param joinToKeyframe from the offer to the first complete keyframe
 * @param error the first thing that was wrong
 */
public record ViewerTotals(
    long packets,
    long bytes,
    long frames,
    long freezes,
    long lost,
    long recovered,
    long late,
    long wrong,
    long notAuthentic,
    long simulatedLosses,
    long nacks,
    long rtcpBytesReceived,
    long rtcpBytesSent,
    long forged,
    Histogram delay,
    Histogram recoveryDelay,
    Histogram joinToPacket,
    Histogram joinToKeyframe,
    @Nullable String error) {

  static ViewerTotals of(Collection<Tally> tallies) {
    return new ViewerTotals(
        sum(tallies, tally -> tally.packets),
        sum(tallies, tally -> tally.bytes),
        sum(tallies, tally -> tally.frames),
        sum(tallies, tally -> tally.freezes),
        sum(tallies, tally -> tally.lost),
        sum(tallies, tally -> tally.recovered),
        sum(tallies, tally -> tally.late),
        sum(tallies, tally -> tally.wrong),
        sum(tallies, tally -> tally.notAuthentic),
        sum(tallies, tally -> tally.simulatedLosses),
        sum(tallies, tally -> tally.nacks),
        sum(tallies, tally -> tally.rtcpBytesReceived),
        sum(tallies, tally -> tally.rtcpBytesSent),
        sum(tallies, tally -> tally.forged),
        merge(tallies, tally -> tally.delay),
        merge(tallies, tally -> tally.recoveryDelay),
        merge(tallies, tally -> tally.joinToPacket),
        merge(tallies, tally -> tally.joinToKeyframe),
        tallies.stream().map(Tally::error).filter(e -> e != null).findFirst().orElse(null));
  }

  private static long sum(Collection<Tally> tallies, ToLongFunction<Tally> figure) {
    return tallies.stream().mapToLong(figure).sum();
  }

  private static Histogram merge(Collection<Tally> tallies, Function<Tally, Histogram> figure) {
    Histogram all = Tally.histogram();
    tallies.forEach(tally -> all.add(figure.apply(tally)));
    return all;
  }
}
