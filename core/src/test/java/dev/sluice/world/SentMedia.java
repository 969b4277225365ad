package dev.sluice.world;

import static dev.sluice.world.Network.SECOND;

import dev.sluice.Retransmission;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.SerialNumbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What must hold of all that leaves the engine as media, whoever gets it: one number is one packet
 * and comes again but a few times, numbers and timestamps go on, and timestamps keep step with the
 * clock.
 */
final class SentMedia {
  private static final int MOST_SENDINGS = 1 + Retransmission.SHARED_HISTORY.maxRepeats();
  private static final int LARGEST_GAP = 500;
  private static final int TICKS_A_SECOND = 90_000;
  private static final int MOST_TICKS_APART = 8 * TICKS_A_SECOND;

  private static final class Packet {
    final int hash;
    int sendings;

    Packet(int hash) {
      this.hash = hash;
    }
  }

  private static final class Source {
    final Map<Integer, Packet> packets = new HashMap<>();
    final long firstNanos;
    final int firstTimestamp;
    int sequence;
    int timestamp;

    Source(long now, int sequence, int timestamp) {
      firstNanos = now;
      firstTimestamp = timestamp;
      this.timestamp = timestamp;
      this.sequence = sequence;
    }
  }

  private final Map<Integer, Source> sources = new HashMap<>();
  private long packets;
  private long repeats;

  long packets() {
    return packets;
  }

  long repeats() {
    return repeats;
  }

  void sent(long now, byte[] datagram) {
    if (RtcpHeader.isRtcp(datagram[0], datagram[1])) {
      return;
    }
    int sequence = RtpHeader.sequenceNumber(datagram, 0);
    int timestamp = RtpHeader.timestamp(datagram, 0);
    Source source =
        sources.computeIfAbsent(
            RtpHeader.ssrc(datagram, 0), ssrc -> new Source(now, sequence, timestamp));
    Packet known = source.packets.get(sequence);
    if (known == null) {
      packets++;
      known = new Packet(Arrays.hashCode(datagram));
      source.packets.put(sequence, known);
      goOn(source, now, sequence, timestamp, datagram);
    } else {
      repeats++;
    }
    require(known.hash == Arrays.hashCode(datagram), "one number, two packets", datagram);
    require(++known.sendings <= MOST_SENDINGS, "sent too often", datagram);
  }

  private static void goOn(Source source, long now, int sequence, int timestamp, byte[] datagram) {
    int gap = SerialNumbers.sequenceDistance(source.sequence, sequence);
    require(gap >= 0 && gap < LARGEST_GAP, "the number goes by " + gap, datagram);
    source.sequence = sequence;
    if (RtpHeader.payloadType(datagram, 0) != Offer.VIDEO) {
      return;
    }
    require(timestamp - source.timestamp >= 0, "time goes back", datagram);
    source.timestamp = timestamp;
    long clock = (now - source.firstNanos) * TICKS_A_SECOND / SECOND;
    long ahead = (timestamp - source.firstTimestamp) - clock;
    require(Math.abs(ahead) < MOST_TICKS_APART, "time is off by " + ahead + " ticks", datagram);
  }

  private static void require(boolean holds, String problem, byte[] datagram) {
    if (!holds) {
      throw new AssertionError(
          "%s: SSRC %08x, number %d, payload type %d"
              .formatted(
                  problem,
                  RtpHeader.ssrc(datagram, 0),
                  RtpHeader.sequenceNumber(datagram, 0),
                  RtpHeader.payloadType(datagram, 0)));
    }
  }
}
