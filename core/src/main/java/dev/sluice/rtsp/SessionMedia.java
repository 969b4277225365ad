package dev.sluice.rtsp;

import static dev.sluice.rtsp.TransportSpec.NONE;

import dev.sluice.PublisherContext;
import dev.sluice.TrackDescription;
import dev.sluice.loop.Handover;
import dev.sluice.receive.MediaSink;
import dev.sluice.receive.ReceiverParameters;
import dev.sluice.receive.RtcpEndpoint;
import dev.sluice.receive.RtcpOut;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.rtcp.ReportScheduler;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The media of one session: takes what arrives for its tracks to the engine, and reports and
 * keyframe requests back to the peer. On the session's event loop only.
 */
final class SessionMedia implements SessionTraffic {
  private final MediaSettings settings;
  private final MediaConnection connection;
  private final Supplier<PublisherContext> context;
  private final RtcpEndpoint rtcp;
  private final List<TrackPort> ports = new ArrayList<>();
  private final AtomicBoolean keyframeWanted = new AtomicBoolean();
  private @Nullable MediaSink sink;
  private @Nullable ReportScheduler reports;
  private long lastMedia;
  private boolean recording;
  private boolean closed;

  /**
   * Makes the media of a session without tracks.
   *
   * @param context says where they come from, each time that they are published
   */
  SessionMedia(
      MediaSettings settings, MediaConnection connection, Supplier<PublisherContext> context) {
    this.settings = settings;
    this.connection = connection;
    this.context = context;
    rtcp = new RtcpEndpoint(settings.random(), settings.counters().received);
  }

  /** Takes a track's media from channels of the connection. */
  void addInterleaved(AnnouncedTrack track, int rtpChannel, int rtcpChannel, RtcpOut out) {
    ports.add(new TrackPort(track, receiver(track, false), rtpChannel, rtcpChannel, null, out));
    connection.reads().expectFrames();
  }

  /**
   * Takes a track's media from UDP ports of its own.
   *
   * @return completed on the event loop; exceptionally when the ports cannot be opened, and with
   *     null when this was closed meanwhile
   */
  CompletableFuture<@Nullable UdpMedia> addUdp(AnnouncedTrack track, UdpMedia.Opener opener) {
    TrackReceiver receiver = receiver(track, true);
    List<TrackReceiver> receivers = List.of(receiver);
    return opener
        .open(
            packet -> onRtp(receiver, packet, connection.reads().arrivalNanos()),
            packet -> rtcp.receive(receivers, packet, connection.reads().arrivalNanos()))
        .thenApply(udp -> addUdp(track, receiver, udp));
  }

  private @Nullable UdpMedia addUdp(AnnouncedTrack track, TrackReceiver receiver, UdpMedia udp) {
    if (closed) {
      udp.close();
      return null;
    }
    ports.add(new TrackPort(track, receiver, NONE, NONE, udp, udp::sendRtcp));
    return udp;
  }

  private TrackReceiver receiver(AnnouncedTrack track, boolean mayReorder) {
    return new TrackReceiver(
        new ReceiverParameters(
            track.payloadType(),
            track.clockRate(),
            track.resends(),
            mayReorder,
            settings.reorderPackets(),
            settings.reorderDelayNanos()),
        settings.counters().received,
        this::requestAgain);
  }

  boolean hasRelayedTrack() {
    return !descriptions().isEmpty();
  }

  boolean isChannelTaken(int channel) {
    return ports.stream().anyMatch(p -> p.rtpChannel() == channel || p.rtcpChannel() == channel);
  }

  /**
   * Begins or resumes to pass media on.
   *
   * @throws RuntimeException if the stream cannot be published
   */
  void start(String streamName) {
    MediaSink target = sink;
    if (target == null) {
      target =
          settings.sinks().open(streamName, descriptions(), context.get(), this::requestKeyframe);
      sink = target;
      long now = settings.clock().getAsLong();
      long interval = settings.reportIntervalNanos();
      reports = new ReportScheduler(interval, settings.random(), now);
      connection.wakeNoLaterThan(reports.nextTimeout());
    }
    int index = 0;
    for (TrackPort port : ports) {
      if (port.track().isRelayed()) {
        port.receiver().start(target, index++);
      }
    }
    recording = true;
    lastMedia = settings.clock().getAsLong();
  }

  /** when RTP of a track came last, or was waited for from then on */
  long lastMedia() {
    return lastMedia;
  }

  /** whether RTP has come for any track */
  boolean hasReceived() {
    return ports.stream().anyMatch(port -> port.receiver().statistics() != null);
  }

  private List<TrackDescription> descriptions() {
    List<TrackDescription> descriptions = new ArrayList<>();
    for (TrackPort port : ports) {
      TrackDescription description = port.track().description();
      if (description != null) {
        descriptions.add(description);
      }
    }
    return descriptions;
  }

  /** Drops media until {@link #start} is called again. */
  void pause() {
    ports.forEach(port -> port.receiver().stop());
    recording = false;
  }

  @Override
  public boolean isRecording() {
    return recording;
  }

  /** whether it was started before, so that the engine knows its tracks */
  boolean isStarted() {
    return sink != null;
  }

  @Override
  public int frameLimit(int channel) {
    for (TrackPort port : ports) {
      if (port.rtpChannel() == channel || port.rtcpChannel() == channel) {
        AnnouncedTrack track = port.track();
        boolean wanted = recording && track.isRelayed();
        int most =
            port.rtpChannel() == channel ? track.maxPacketLength() : RtcpEndpoint.MAX_RECEIVED;
        return wanted ? most : 0;
      }
    }
    return InterleavedRtspDecoder.UNKNOWN_CHANNEL;
  }

  @Override
  public boolean onFrame(int channel, ByteBuf frame, long nowNanos) {
    for (TrackPort port : ports) {
      if (port.rtpChannel() == channel) {
        onRtp(port.receiver(), frame, nowNanos);
        return true;
      }
      if (port.rtcpChannel() == channel) {
        rtcp.receive(List.of(port.receiver()), frame, nowNanos);
        return true;
      }
    }
    return false;
  }

  private void onRtp(TrackReceiver receiver, ByteBuf packet, long nowNanos) {
    if (receiver.onRtp(packet, nowNanos)) {
      lastMedia = nowNanos;
    }
  }

  /** All that had arrived was handed over: shows it to the viewers. */
  @Override
  public void onReadComplete() {
    if (sink == null) {
      return;
    }
    sink.flush();
    long deadline = nextReorderTimeout();
    if (deadline != TrackReceiver.NO_TIMEOUT) {
      connection.wakeNoLaterThan(deadline);
    }
    if (sink.isClosed()) {
      connection.onSinkClosed(sink.isReplaced());
    }
  }

  @Override
  public void handleTimeout(long nowNanos) {
    ReportScheduler schedule = reports;
    if (schedule == null) {
      return;
    }
    for (TrackPort port : ports) {
      port.receiver().handleTimeout(nowNanos);
    }
    if (schedule.isDue(nowNanos)) {
      ports.forEach(port -> rtcp.report(port.receiver(), port.rtcpOut(), false, nowNanos));
      schedule.onSent(nowNanos);
    }
    connection.wakeNoLaterThan(schedule.nextTimeout());
    onReadComplete();
  }

  /** Asks the peer to send packets again that it is known to have sent. */
  private void requestAgain(TrackReceiver receiver, int[] sequenceNumbers, int count) {
    for (TrackPort port : ports) {
      if (port.receiver() == receiver) {
        rtcp.requestAgain(receiver, port.rtcpOut(), sequenceNumbers, count);
      }
    }
  }

  private long nextReorderTimeout() {
    long next = TrackReceiver.NO_TIMEOUT;
    for (TrackPort port : ports) {
      long timeout = port.receiver().nextTimeout();
      if (next == TrackReceiver.NO_TIMEOUT
          || timeout != TrackReceiver.NO_TIMEOUT && timeout - next < 0) {
        next = timeout;
      }
    }
    return next;
  }

  /** Asks the peer for a keyframe; from any thread. */
  private void requestKeyframe() {
    if (keyframeWanted.compareAndSet(false, true)
        && !Handover.offer(
            connection.eventLoop(), () -> connection.run(this::sendKeyframeRequest))) {
      keyframeWanted.set(false);
    }
  }

  private void sendKeyframeRequest() {
    keyframeWanted.set(false);
    long now = settings.clock().getAsLong();
    for (TrackPort port : ports) {
      if (recording && port.track().isVideo()) {
        rtcp.report(port.receiver(), port.rtcpOut(), true, now);
      }
    }
  }

  /** Publishes no more until {@link #start} is called again. */
  void end() {
    pause();
    MediaSink ending = sink;
    sink = null;
    reports = null;
    if (ending != null) {
      ending.close();
    }
  }

  void close() {
    closed = true;
    recording = false;
    try {
      ports.forEach(TrackPort::close);
    } finally {
      ports.clear();
      if (sink != null) {
        sink.close();
      }
    }
  }
}
