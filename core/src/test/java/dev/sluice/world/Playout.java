package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;
import static dev.sluice.world.Network.SECOND;

import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.PictureLossIndication;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SerialNumbers;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpReceiver;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a viewer with keys does: decrypts, looks whose picture it is, asks for what it misses. */
final class Playout {
  private static final int ROOM = 1_500;
  private static final int SSRC = 7;
  private static final int MOST_MISSING = 200;
  private static final int MOST_REQUESTS = 5;
  private static final long REQUEST_PACE = 60 * MILLISECOND;
  private static final double PICTURE_LOSS = 0.004;

  private static final class Request {
    int times;
    long next;
  }

  private final Random random;
  private final Source source;
  private final SrtpReceiver receiver;
  private final SrtcpSender feedback;
  private final RtpPacket view = new RtpPacket();
  private final Map<Integer, Request> missing = new TreeMap<>();
  private @Nullable ReceptionStatistics statistics;
  private int newest;
  private long newestNanos;
  private long nextReport;
  private int pictures;

  Playout(Random random, Source source, SrtpKeys ours, SrtpKeys ofEngine) {
    this.random = random;
    this.source = source;
    receiver = new SrtpReceiver(ofEngine, null);
    feedback = new SrtcpSender(ours, null);
  }

  int pictures() {
    return pictures;
  }

  long newestNanos() {
    return newestNanos;
  }

  void receive(long now, byte[] datagram) {
    if (RtcpHeader.isRtcp(datagram[0], datagram[1])) {
      return;
    }
    int length = receiver.unprotect(datagram, 0, datagram.length);
    if (length < 0 || !view.wrap(Unpooled.wrappedBuffer(datagram, 0, length))) {
      return; // damaged, twice, or of another session on this port
    }
    if (view.payloadType() == Offer.VIDEO) {
      play(now, datagram);
    }
  }

  private void play(long now, byte[] packet) {
    int payload = view.payloadOffset();
    if (Source.number(packet, payload) != source.number()) {
      throw new AssertionError("a picture of another stream");
    }
    if (statistics == null) {
      statistics = new ReceptionStatistics(view.ssrc(), 90_000);
      newest = view.sequenceNumber();
    }
    statistics.onPacket(view.sequenceNumber(), view.timestamp(), now);
    newestNanos = now;
    pictures += Source.beginsPicture(packet, payload) ? 1 : 0;
    note(now, view.sequenceNumber());
  }

  private void note(long now, int sequence) {
    missing.remove(sequence);
    int gap = SerialNumbers.sequenceDistance(newest, sequence);
    for (int i = 1; i < gap && missing.size() < MOST_MISSING; i++) {
      Request request = new Request();
      request.next = now + REQUEST_PACE / 3;
      missing.put(SerialNumbers.addSequence(newest, i), request);
    }
    newest = gap > 0 ? sequence : newest;
  }

  /** what is to be told to the engine now */
  List<byte[]> feedback(long now) {
    List<byte[]> packets = new ArrayList<>();
    if (statistics == null) {
      return packets;
    }
    int[] requests = dueRequests(now);
    boolean pictureLost = random.nextDouble() < PICTURE_LOSS;
    if (now >= nextReport || requests.length > 0 || pictureLost) {
      packets.add(compound(statistics, now, requests, pictureLost));
    }
    return packets;
  }

  private int[] dueRequests(long now) {
    List<Integer> due = new ArrayList<>();
    for (Iterator<Map.Entry<Integer, Request>> all = missing.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Integer, Request> next = all.next();
      Request request = next.getValue();
      if (request.times == MOST_REQUESTS) {
        all.remove();
      } else if (now >= request.next) {
        request.times++;
        request.next = now + REQUEST_PACE;
        due.add(next.getKey());
      }
    }
    return due.stream().mapToInt(Integer::intValue).toArray();
  }

  private byte[] compound(
      ReceptionStatistics reported, long now, int[] requests, boolean pictureLost) {
    byte[] out = new byte[ROOM];
    CompoundWriter writer = new CompoundWriter();
    writer.wrap(out, 0, ROOM - 100);
    writer.receiverReport(SSRC);
    if (now >= nextReport && reported.isReportable()) {
      nextReport = now + SECOND;
      reported.writeReportBlock(out, writer.claimReportBlock(), now);
    }
    if (requests.length > 0) {
      int at = writer.claim(GenericNack.length(requests, 0, requests.length));
      GenericNack.write(out, at, SSRC, reported.ssrc(), requests, 0, requests.length);
    }
    if (pictureLost) {
      int at = writer.claim(PictureLossIndication.LENGTH);
      PictureLossIndication.write(out, at, SSRC, reported.ssrc());
    }
    return Arrays.copyOf(out, feedback.protect(out, 0, writer.length()));
  }
}
