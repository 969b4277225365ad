package dev.sluice.rate;

import dev.sluice.rtcp.TransportFeedbackWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A viewer as browsers are: reports arrivals each 100 ms or each second what was lost, asks for
 * what is missing, and shows what is complete and has its reference.
 */
final class SimulatedReceiver {
  private static final long MISSING_NANOS = 10_000_000;
  private static final long ASK_AGAIN_NANOS = 100_000_000;
  private static final long GIVE_UP_NANOS = 800_000_000;

  /** the receiver's clock has an origin of its own */
  private static final long CLOCK_OFFSET = 77_777_000_000L;

  /** A picture that was shown. */
  record Shown(long unit, boolean keyframe, long publishedNanos, long shownNanos) {
    long behindNanos() {
      return shownNanos - publishedNanos;
    }
  }

  private static final class Missing {
    final long since;
    long asked = Long.MIN_VALUE / 2;

    Missing(long since) {
      this.since = since;
    }
  }

  private final TreeMap<Integer, Long> arrivals = new TreeMap<>();
  private final Map<Long, Integer> received = new HashMap<>();
  private final TreeMap<Long, SimulatedLog.Entry> complete = new TreeMap<>();
  private final Map<Long, Long> shownAt = new HashMap<>();
  private final TreeMap<Long, Missing> missing = new TreeMap<>();
  private final List<Shown> shown = new ArrayList<>();
  private final List<Long> others = new ArrayList<>();
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private int unreported;
  private int feedbackCount;
  private long newestShown = -1;
  private long newestSequence = -1;
  private long expectedBefore;
  private long receivedOnce;
  private long receivedBefore;
  private long now;

  List<Shown> shown() {
    return shown;
  }

  /** when something else than video arrived */
  List<Long> others() {
    return others;
  }

  void advance(long nowNanos) {
    now = nowNanos;
  }

  void onPacket(SimulatedPacket packet) {
    arrivals.put(packet.transportSequence(), now + CLOCK_OFFSET);
    unreported = Math.min(unreported, packet.transportSequence());
    if (packet.isVideo()) {
      onVideo(packet);
    } else {
      others.add(now);
    }
  }

  /** transport-wide feedback on what arrived since the last one; its length, 0 for none */
  int writeFeedback(byte[] buffer) {
    if (arrivals.tailMap(unreported).isEmpty()) {
      return 0;
    }
    writer.wrap(buffer, 0, buffer.length, 1, 2, feedbackCount++, unreported);
    for (Map.Entry<Integer, Long> arrival : arrivals.tailMap(unreported).entrySet()) {
      if (!writer.add(arrival.getKey(), arrival.getValue())) {
        break;
      }
      unreported = arrival.getKey() + 1;
    }
    arrivals.headMap(unreported).clear();
    return writer.finish();
  }

  /**
   * share of the packets lost since the last report, in 1/256, repeats on an RTX stream left out
   */
  int fractionLost() {
    long expected = newestSequence + 1 - expectedBefore;
    long arrived = receivedOnce - receivedBefore;
    expectedBefore = newestSequence + 1;
    receivedBefore = receivedOnce;
    return expected <= 0 ? 0 : (int) (256 * Math.max(0, expected - arrived) / expected);
  }

  /** sequence numbers to ask for again now */
  List<Long> missing(long roundTripNanos) {
    List<Long> asked = new ArrayList<>();
    missing.values().removeIf(one -> now - one.since > GIVE_UP_NANOS);
    missing.forEach(
        (sequence, one) -> {
          boolean due = now - one.asked > Math.max(ASK_AGAIN_NANOS, roundTripNanos);
          if (due && now - one.since >= MISSING_NANOS) {
            one.asked = now;
            asked.add(sequence);
          }
        });
    return asked;
  }

  private void onVideo(SimulatedPacket packet) {
    if (newestSequence < 0) {
      newestSequence = packet.sequence() - 1;
      expectedBefore = packet.sequence();
    }
    for (long sequence = newestSequence + 1; sequence < packet.sequence(); sequence++) {
      missing.put(sequence, new Missing(now));
    }
    boolean expected =
        packet.sequence() > newestSequence || missing.remove(packet.sequence()) != null;
    if (packet.sequence() > newestSequence) {
      newestSequence = packet.sequence();
      receivedOnce++;
    }
    if (expected) {
      SimulatedLog.Entry entry = packet.logged();
      if (received.merge(entry.unit(), 1, Integer::sum) == entry.packets()) {
        complete.put(entry.unit(), entry);
        show();
      }
    }
  }

  private void show() {
    complete
        .values()
        .removeIf(
            entry -> {
              boolean decodable = entry.keyframe() || shownAt.containsKey(entry.reference());
              if (decodable) {
                shownAt.put(entry.unit(), now);
                showInOrder(entry);
              }
              return decodable;
            });
  }

  private void showInOrder(SimulatedLog.Entry entry) {
    if (entry.arrivalNanos() > newestShown) {
      newestShown = entry.arrivalNanos();
      shown.add(new Shown(entry.unit(), entry.keyframe(), entry.arrivalNanos(), now));
    }
  }
}
