package dev.sluice.fanout;

import dev.sluice.rtcp.TransportFeedbackWriter;
import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A viewer behind a link, as browsers are: reports arrivals, asks for what is missing, and shows a
 * picture that is whole when the one that it refers to was shown.
 */
final class LinkedReceiver {
  private static final long REORDERING_NANOS = 10_000_000;
  private static final long ASK_AGAIN_NANOS = 100_000_000;
  private static final long GIVE_UP_NANOS = 1_000_000_000;
  private static final int ORIGINAL_SEQUENCE_LENGTH = 2;
  private static final int FEC_SSRC = TrackSenderSetup.WITH_FEC.fecSsrc();

  /** A picture that could be shown, or was. */
  record Shown(int number, long atNanos, long behindNanos) {}

  private final SenderParameters parameters;
  private final TreeMap<Integer, Long> arrivals = new TreeMap<>();
  private final Map<Integer, Integer> packets = new HashMap<>();
  private final TreeMap<Integer, Picture> whole = new TreeMap<>();
  private final Set<Integer> decoded = new HashSet<>();
  private final TreeMap<Integer, Long> missing = new TreeMap<>();
  private final Map<Integer, Long> asked = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();
  private final FecReceiver fec = new FecReceiver(TrackSenderSetup.NUMBERED.transportExtension());
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  final List<Shown> decodable = new ArrayList<>();
  final List<Shown> shown = new ArrayList<>();
  private long newestShown;
  private int noted;
  private int skipped;
  private int reported;
  private int feedbacks;
  private @Nullable Integer newest;
  int orphans;
  int keyframes;
  int probes;

  LinkedReceiver(SenderParameters parameters) {
    this.parameters = parameters;
  }

  boolean takes(TrackSenderSetup.Sent sent) {
    return sent.ssrc() == parameters.ssrc() || sent.ssrc() == parameters.rtxSsrc();
  }

  /** a packet has come that is to be reported, of another track perhaps */
  void noteArrival(TrackSenderSetup.Sent sent, long nowNanos) {
    if (parameters.hasTransportSequence()) {
      arrivals.put(sent.transportSequence(), nowNanos);
    }
  }

  void onPacket(TrackSenderSetup.Sent sent, long nowNanos) {
    if (!nonces.add(sent.ssrc() + "/" + sent.sequence())) {
      throw new AssertionError("two packets under one nonce");
    }
    byte[] body = sent.body();
    if (sent.ssrc() == FEC_SSRC) {
      takeRestored(fec.onRepair(body), nowNanos);
    } else if (sent.ssrc() == parameters.ssrc()) {
      note(sent.sequence(), nowNanos);
      read(body, 0, nowNanos);
      fec.onMedia(sent.bytes());
    } else if (sent.packet().payloadLength() == 0) {
      probes++;
    } else if (missing.remove(BigEndian.getUnsignedShort(body, 0)) != null) {
      read(body, ORIGINAL_SEQUENCE_LENGTH, nowNanos);
    }
  }

  private void takeRestored(List<byte[]> packets, long nowNanos) {
    for (byte[] packet : packets) {
      if (missing.remove(RtpHeader.sequenceNumber(packet, 0)) != null) {
        read(packet, RtpHeader.length(packet, 0, packet.length), nowNanos);
      }
    }
  }

  /** transport-wide feedback on what came since the last one; its length, 0 for none */
  int feedback(byte[] buffer) {
    if (arrivals.isEmpty()) {
      return 0;
    }
    int first = Math.min(reported, arrivals.firstKey());
    writer.wrap(buffer, 0, buffer.length, 1, 2, feedbacks++, first);
    for (Map.Entry<Integer, Long> arrival : List.copyOf(arrivals.entrySet())) {
      if (!writer.add(arrival.getKey(), arrival.getValue())) {
        break;
      }
      reported = arrival.getKey() + 1;
      arrivals.remove(arrival.getKey());
    }
    return writer.finish();
  }

  /** share of packets lost since the last receiver report, in 1/256 (RFC 3550, section 6.4.1) */
  int lossSinceReport() {
    int share = noted == 0 ? 0 : 256 * skipped / (noted + skipped);
    noted = 0;
    skipped = 0;
    return share;
  }

  /** sequence numbers to ask for again now */
  List<Integer> missing(long nowNanos) {
    List<Integer> due = new ArrayList<>();
    missing.values().removeIf(since -> nowNanos - since > GIVE_UP_NANOS);
    missing.forEach(
        (sequence, since) -> {
          long last = asked.getOrDefault(sequence, Long.MIN_VALUE / 2);
          if (nowNanos - since >= REORDERING_NANOS && nowNanos - last >= ASK_AGAIN_NANOS) {
            asked.put(sequence, nowNanos);
            due.add(sequence);
          }
        });
    return due;
  }

  private void note(int sequence, long nowNanos) {
    int expected = newest == null ? sequence : newest + 1 & 0xFFFF;
    for (int lost = expected; lost != sequence; lost = lost + 1 & 0xFFFF) {
      missing.put(lost, nowNanos);
      skipped++;
    }
    newest = sequence;
    noted++;
  }

  private void read(byte[] body, int at, long nowNanos) {
    Picture picture = Picture.read(body, at);
    if (packets.merge(picture.number(), 1, Integer::sum) == picture.packets()) {
      whole.put(picture.number(), picture);
      boolean refersToNothingSent = !packets.containsKey(picture.number() - 1);
      orphans += !picture.keyframe() && refersToNothingSent ? 1 : 0;
      keyframes += picture.keyframe() ? 1 : 0;
      show(nowNanos);
    }
  }

  private void show(long nowNanos) {
    whole
        .values()
        .removeIf(
            picture -> {
              boolean decodes = picture.keyframe() || decoded.contains(picture.number() - 1);
              if (decodes) {
                decoded.add(picture.number());
                showInOrder(picture, nowNanos);
              }
              return decodes;
            });
  }

  private void showInOrder(Picture picture, long nowNanos) {
    Shown now = new Shown(picture.number(), nowNanos, nowNanos - picture.publishedNanos());
    decodable.add(now);
    if (shown.isEmpty() || picture.publishedNanos() > newestShown) {
      newestShown = picture.publishedNanos();
      shown.add(now);
    }
  }
}
