package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;

import dev.sluice.codec.Codec;
import dev.sluice.log.PacketLog;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.stream.Track;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/** A publisher, the fan-out of one event loop and viewers behind links, all in virtual time. */
final class LinkedWorld {
  static final long FRAME_NANOS = 33_333_333;
  private static final long STEP = MILLISECOND;
  private static final int PAYLOAD = 1_150;

  /** headers and the tag; the bit rate of a stream counts them */
  private static final int OVERHEAD = 12 + 12 + 4;

  private static final int KEYFRAME_FACTOR = 4;
  private static final int TICKS_A_FRAME = 3_000;
  private static final RateLimits LIMITS = new RateLimits(1_000_000_000, 50_000, 1_000_000_000);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Egress egress = new Egress(new UdpSocket(channel, false, 1_000));
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> delayed = new ArrayDeque<>();
  private final Track track = new Track("video", Codec.H264, 0);
  private final PacketLog log = TrackSenderSetup.keepingLog();
  private final Fanout fanout =
      new Fanout(track, tasks::add, egress, new Pacer(delayed::add), this::now);
  private final Map<Integer, LinkedViewer> viewers = new HashMap<>();
  private final Random random = new Random(1);
  private final double frameBytes;
  private final int group;
  private boolean answersKeyframeRequests;
  private int pictures;
  private int inGroup;
  private long nextPicture;
  private long nextSpan;
  private long now;

  LinkedWorld(long bitrate, int group) {
    this.group = group;
    double share = (double) PAYLOAD / (PAYLOAD + OVERHEAD);
    frameBytes = share * bitrate / 8e9 * FRAME_NANOS * group / (group - 1 + KEYFRAME_FACTOR);
    track.source(log, null);
  }

  LinkedWorld answeringKeyframeRequests() {
    answersKeyframeRequests = true;
    return this;
  }

  long now() {
    return now;
  }

  LinkedViewer viewer(long rate) {
    int port = 5_000 + viewers.size();
    ClearTransport transport = new ClearTransport(new InetSocketAddress("127.0.0.1", port));
    transport.link = new ViewerLink(() -> new GccEstimator(LIMITS), true);
    TrackSender sender =
        new TrackSender(
            transport,
            track,
            TrackSenderSetup.NUMBERED,
            new Retransmitter(
                new RetransmissionLimits(8, 0.25), null, TrackSenderSetup.NUMBERED, 0),
            new StartRule(true, 6 * SECOND),
            TrackSenderSetup.FIRST_SEQUENCE,
            TrackSenderSetup.FIRST_TIMESTAMP);
    LinkedViewer viewer = new LinkedViewer(transport, sender, egress, rate);
    viewers.put(port, viewer);
    fanout.add(sender);
    return viewer;
  }

  LinkedWorld runUntil(long end) {
    for (; now < end; now += STEP) {
      step();
    }
    return this;
  }

  /** what a publisher delivers at once that was held up since the moment named */
  void publishBacklogSince(long from) {
    int held = (int) ((now - from) / FRAME_NANOS);
    for (int i = 0; i < held; i++) {
      publish();
    }
    nextPicture = now;
  }

  /** from now on nothing is published before a moment */
  void holdUntil(long end) {
    nextPicture = end;
  }

  private void step() {
    if (now >= nextPicture) {
      nextPicture += FRAME_NANOS;
      publish();
    }
    if (now >= nextSpan) {
      nextSpan += Burst.SPAN_NANOS;
      runAll(delayed);
    }
    runAll(tasks);
    egress.flush();
    for (DatagramPacket sent = channel.readOutbound(); sent != null; ) {
      viewers.get(sent.recipient().getPort()).send(TrackSenderSetup.Sent.of(sent));
      sent.release();
      sent = channel.readOutbound();
    }
    for (LinkedViewer viewer : viewers.values()) {
      viewer.advance(now);
      if (viewer.asksLater()) {
        fanout.wakeLater();
      }
    }
  }

  private void publish() {
    boolean asked = viewers.values().stream().anyMatch(LinkedViewer::takesKeyframeRequest);
    boolean keyframe = inGroup == 0 || (asked && answersKeyframeRequests);
    inGroup = keyframe ? 1 : (inGroup + 1) % group;
    double size = frameBytes * (keyframe ? KEYFRAME_FACTOR : 0.8 + 0.4 * random.nextDouble());
    int packets = Math.max(1, (int) Math.ceil(size / PAYLOAD));
    Picture picture = new Picture(pictures++, packets, keyframe, now);
    log.now(now);
    if (keyframe) {
      log.keyframe(log.position());
    }
    for (int i = 0; i < packets; i++) {
      int length = Math.max(Picture.LENGTH, (int) size / packets);
      log.open(length);
      picture.write(log.array(), log.offset());
      log.commit(length, picture.number() * TICKS_A_FRAME, i == packets - 1);
    }
    log.publish();
    track.wake();
  }

  private static void runAll(Queue<Runnable> due) {
    List<Runnable> now = new ArrayList<>(due);
    due.clear();
    now.forEach(Runnable::run);
  }
}
