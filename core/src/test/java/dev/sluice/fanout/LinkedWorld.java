package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;

import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.stream.Rendition;
import dev.sluice.stream.Track;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A publisher, the fan-out of one event loop and viewers behind links, all in virtual time. */
final class LinkedWorld {
  static final long FRAME_NANOS = 33_333_333;
  private static final long STEP = MILLISECOND;

  /** of the socket: as much as all viewers get between two steps */
  private static final int ROOM_BYTES = 16 << 20;

  private static final long FIRST_SEED = 7;
  private static final int RENDITION = 10_000_000;
  private static final RateLimits LIMITS = new RateLimits(1_000_000_000, 50_000, 1_000_000_000);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final UdpSocket socket = new UdpSocket(channel, false, 1_000);
  private final Egress egress = new Egress(socket);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> delayed = new ArrayDeque<>();
  private final Pacer pacer = new Pacer(delayed::add);
  private final List<LinkedPublisher> publishers = new ArrayList<>();
  private @Nullable LinkedPublisher beside;
  private final Map<Integer, LinkedViewer> viewers = new HashMap<>();
  private boolean answersKeyframeRequests;
  private long nextPicture;
  private long nextSpan;
  private long now;

  /** a stream in one or more encodings, of which viewers begin with the first */
  LinkedWorld(int group, long... bitrates) {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(ROOM_BYTES, 2 * ROOM_BYTES));
    for (long bitrate : bitrates) {
      int number = RENDITION * publishers.size();
      publishers.add(new LinkedPublisher(bitrate, group, number, this, tasks::add));
    }
    if (bitrates.length > 1) {
      picture().renditions(renditions());
    }
  }

  /** the stream has a second picture of its own */
  LinkedWorld withPicture(int group, long bitrate) {
    beside = new LinkedPublisher(bitrate, group, RENDITION, this, tasks::add);
    return this;
  }

  LinkedWorld withSound(long bitrate) {
    beside = LinkedPublisher.sound(bitrate, this, tasks::add);
    return this;
  }

  private List<Rendition> renditions() {
    return publishers.stream()
        .map(publisher -> new Rendition("r" + publishers.indexOf(publisher), publisher.track))
        .toList();
  }

  Egress egress() {
    return egress;
  }

  Pacer pacer() {
    return pacer;
  }

  LinkedPublisher publisher(int rendition) {
    return publishers.get(rendition);
  }

  private Track picture() {
    return publishers.get(0).track;
  }

  LinkedWorld answeringKeyframeRequests() {
    answersKeyframeRequests = true;
    return this;
  }

  long now() {
    return now;
  }

  LinkedViewer viewer(long rate) {
    return viewer(rate, TrackSenderSetup.NUMBERED);
  }

  /** a viewer that was agreed with on forward error correction */
  LinkedViewer protectedViewer(long rate) {
    return viewer(rate, TrackSenderSetup.WITH_FEC);
  }

  /** a viewer that gives no transport-wide feedback */
  LinkedViewer reportingViewer(long rate) {
    return viewer(rate, TrackSenderSetup.WITH_RTX);
  }

  private LinkedViewer viewer(long rate, SenderParameters parameters) {
    int port = 5_000 + viewers.size();
    ClearTransport transport =
        new ClearTransport(new UdpPath(socket, new InetSocketAddress("127.0.0.1", port)));
    boolean numbered = parameters.hasTransportSequence();
    transport.link = new ViewerLink(() -> new GccEstimator(LIMITS), numbered);
    TrackSender sender = sender(transport, picture(), parameters);
    LinkedViewer viewer =
        new LinkedViewer(transport, sender, egress, rate, FIRST_SEED + viewers.size());
    viewers.put(port, viewer);
    publishers.get(0).fanout.add(sender);
    if (beside != null) {
      TrackSender second = sender(transport, beside.track, TrackSenderSetup.SECOND_NUMBERED);
      viewer.beside = new LinkedViewer(transport, second, egress, rate, FIRST_SEED);
      beside.fanout.add(second);
    }
    viewer.renditions.start(now);
    viewer.reports.start(now);
    return viewer;
  }

  private static TrackSender sender(
      SenderTransport transport, Track track, SenderParameters parameters) {
    return new TrackSender(
        transport,
        track,
        parameters,
        new Retransmitter(new RetransmissionLimits(8, 0.25), null, parameters, 0),
        new StartRule(true, 6 * SECOND),
        TrackSenderSetup.FIRST_SEQUENCE,
        TrackSenderSetup.FIRST_TIMESTAMP);
  }

  /** it has no way back */
  void leave(LinkedViewer viewer) {
    fanout(viewer.sender.track()).remove(viewer.sender);
    viewers.values().remove(viewer);
  }

  LinkedWorld runUntil(long end) {
    for (; now < end; now += STEP) {
      step();
    }
    return this;
  }

  /** until a viewer is shown something, at most to a moment */
  LinkedWorld runUntilShown(LinkedViewer viewer, long from, long latest) {
    while (now < latest && viewer.firstShown(from) == Long.MAX_VALUE) {
      runUntil(now + 10 * STEP);
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
      moveIfDue(viewer);
      viewer.reports.turn(now);
      if (viewer.asksLater()) {
        fanout(viewer.sender.track()).wakeLater();
      }
      if (beside != null && viewer.beside != null && viewer.beside.asksLater()) {
        beside.fanout.wakeLater();
      }
    }
  }

  private void moveIfDue(LinkedViewer viewer) {
    if (now < viewer.renditions.nextTurn()) {
      return;
    }
    Rendition rendition = viewer.renditions.turn(now);
    if (rendition != null) {
      fanout(viewer.sender.track()).remove(viewer.sender);
      viewer.sender.move(rendition.track(), now);
      fanout(rendition.track()).add(viewer.sender);
      viewer.renditions.moved(rendition, now);
      viewer.moves.add(new LinkedViewer.Move(now, rendition.id()));
    }
  }

  private Fanout fanout(Track track) {
    return publishers.stream()
        .filter(publisher -> publisher.track == track)
        .findFirst()
        .orElseThrow()
        .fanout;
  }

  private void publish() {
    boolean asked = viewers.values().stream().anyMatch(LinkedViewer::takesKeyframeRequest);
    for (LinkedPublisher publisher : publishers) {
      boolean answers = answersKeyframeRequests && (asked || publisher.isKeyframeAsked());
      publisher.publish(now, answers);
    }
    if (beside != null) {
      beside.publish(now, false);
    }
  }

  private static void runAll(Queue<Runnable> due) {
    List<Runnable> now = new ArrayList<>(due);
    due.clear();
    now.forEach(Runnable::run);
  }
}
