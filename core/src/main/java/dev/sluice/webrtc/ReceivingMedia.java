package dev.sluice.webrtc;

import dev.sluice.IngestStatistics;
import dev.sluice.PeerContext;
import dev.sluice.PublisherContext;
import dev.sluice.loop.Counter;
import dev.sluice.loop.Handover;
import dev.sluice.loop.PeerPath;
import dev.sluice.receive.MediaSink;
import dev.sluice.receive.ReceiveCounters;
import dev.sluice.receive.RtcpEndpoint;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.receive.TransportArrivals;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtcp.ReportScheduler;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.rtp.HeaderExtensionReader;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.srtp.SrtcpReceiver;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpReceiver;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The media of a peer that publishes: from the datagram to the engine, and requests, reports and
 * feedback back. It is published from {@link #start} on.
 *
 * <p>No packet sets a timer: what has to be done in time is done at regular turns.
 */
final class ReceivingMedia implements PeerMedia {
  private static final long TURN_NANOS = 50_000_000;

  private final PeerSettings settings;
  private final String streamName;
  private final PeerContext context;
  private final MediaSink.Opener sinks;
  private final MediaSink.Opener renditions;
  private final ReceiveCounters counters;
  private final RtcpEndpoint reports;
  private final List<TrackReceiver> receivers = new ArrayList<>();
  private final TransportArrivals arrivals = new TransportArrivals();
  private final Counter unexpected = new Counter();
  private final Counter notAuthentic = new Counter();
  private final Counter keyframeRequests = new Counter();
  private final Counter rtcpBytesSent = new Counter();
  private final ByteBuf plain = Unpooled.wrappedBuffer(new byte[PeerLoop.MAX_DATAGRAM]);
  private final RtpPacket view = new RtpPacket();
  private final Runnable flush = this::flush;
  private List<IncomingEncoding> encodings = List.of();
  private TrackFinder finder = new TrackFinder(List.of());
  private BitrateLimit limit = new BitrateLimit(List.of());
  private @Nullable FormatWait undecided;
  private @Nullable IngestListener listener;
  private @Nullable PeerLoop loop;
  private @Nullable Consumer<Throwable> onFailure;
  private @Nullable PeerPath remote;
  private @Nullable SrtpReceiver rtp;
  private @Nullable SrtcpReceiver rtcp;
  private @Nullable SrtcpSender rtcpOut;
  private @Nullable ReportScheduler schedule;
  private volatile @Nullable SrtpProfile profile;
  private int transportExtension = -1;
  private int newestSsrc;
  private long nextTurn;
  private boolean unflushed;
  private boolean keysExhausted;

  /**
   * Makes media without tracks.
   *
   * @param settings what all sessions share
   * @param streamName what it publishes
   * @param context what the host knows of the peer
   * @param sinks where to
   * @param renditions where to with all encodings but one
   * @param reports its end of RTCP
   * @param counters what is counted, by the tracks' receivers too
   */
  ReceivingMedia(
      PeerSettings settings,
      String streamName,
      PeerContext context,
      MediaSink.Opener sinks,
      MediaSink.Opener renditions,
      RtcpEndpoint reports,
      ReceiveCounters counters) {
    this.settings = settings;
    this.streamName = streamName;
    this.context = context;
    this.sinks = sinks;
    this.renditions = renditions;
    this.reports = reports;
    this.counters = counters;
  }

  /** Sets what it sends, each track in its first format; before {@link #start}. */
  void tracks(List<IncomingTrack> tracks) {
    encodings = IncomingEncoding.of(tracks);
    finder = new TrackFinder(tracks);
    limit = new BitrateLimit(encodings);
    for (IncomingTrack track : tracks) {
      receivers.add(track.receiver());
      if (transportExtension < 0) {
        transportExtension = track.negotiated().extensionId(HeaderExtension.TRANSPORT_CC);
      }
    }
    if (tracks.stream().anyMatch(IncomingTrack::isOpen)) {
      undecided = new FormatWait(tracks, finder);
    }
  }

  /** has somebody told of what becomes of it; before {@link #start} */
  void listener(IngestListener hears) {
    listener = hears;
  }

  /** what came; any thread */
  IngestStatistics statistics() {
    return new IngestStatistics(
        profile,
        counters.rtpPackets(),
        counters.requestedAgain(),
        counters.repaired(),
        keyframeRequests.get(),
        rtcpBytesSent.get(),
        unexpected.get() + notAuthentic.get() + counters.discarded());
  }

  @Override
  public void resume(PeerPath path, PeerLoop home) {
    remote = path;
  }

  @Override
  public void pause(PeerLoop home) {
    remote = null;
  }

  @Override
  public void start(long nowNanos, SrtpKeyPair keys, PeerLoop home, Consumer<Throwable> failure) {
    loop = home;
    onFailure = failure;
    rtp = new SrtpReceiver(keys.remote(), settings.cipherProvider());
    rtcp = new SrtcpReceiver(keys.remote(), settings.cipherProvider());
    rtcpOut = new SrtcpSender(keys.local(), settings.cipherProvider());
    schedule = new ReportScheduler(settings.reportIntervalNanos(), settings.random(), nowNanos);
    profile = keys.local().profile();
    nextTurn = nowNanos + TURN_NANOS;
    if (undecided == null) {
      publish();
    } else {
      undecided.begin(nowNanos);
    }
  }

  private void publish() {
    receivers.clear();
    for (IncomingEncoding encoding : encodings) {
      encoding.tracks().forEach(track -> receivers.add(track.receiver()));
      publish(encoding);
    }
  }

  private void publish(IncomingEncoding encoding) {
    PublisherContext from =
        new PublisherContext(
            "webrtc", remote == null ? null : remote.address(), null, context.attachment());
    MediaSink.Opener opener = encoding == encodings.get(0) ? sinks : renditions;
    encoding.open(opener, streamName, from, () -> requestKeyframe(encoding));
  }

  @Override
  public boolean receive(long nowNanos, byte[] packet, int length, PeerLoop home) {
    if (rtp == null || rtcp == null || length < 2) {
      unexpected.increment();
      return false;
    }
    boolean control = RtcpHeader.isRtcp(packet[0], packet[1]);
    int plainLength =
        control ? rtcp.unprotect(packet, 0, length) : rtp.unprotect(packet, 0, length);
    if (plainLength < 0) {
      notAuthentic.increment();
      return false;
    }
    plain.clear().writeBytes(packet, 0, plainLength);
    if (control) {
      reports.receive(receivers, plain, nowNanos);
    } else if (!view.wrap(plain)) {
      counters.discard();
    } else {
      noteArrival(nowNanos);
      receiveOrHold(packet, plainLength, nowNanos, home);
    }
    return true;
  }

  private void receiveOrHold(byte[] packet, int length, long nowNanos, PeerLoop home) {
    if (undecided == null) {
      receiveRtp(nowNanos, home);
    } else {
      undecided.heard(packet, length, view);
      decide(undecided, nowNanos, home);
    }
  }

  /** Publishes once it is known in what formats the peer sends. */
  private void decide(FormatWait wait, long nowNanos, PeerLoop home) {
    if (wait.isOver(nowNanos)) {
      undecided = null;
      publish();
      wait.release(packet -> receiveHeld(packet, nowNanos, home));
    }
  }

  private void receiveHeld(byte[] packet, long nowNanos, PeerLoop home) {
    plain.clear().writeBytes(packet);
    view.wrap(plain);
    receiveRtp(nowNanos, home);
  }

  private void receiveRtp(long nowNanos, PeerLoop home) {
    IncomingTrack track = finder.find(view);
    if (track != null && track.hear(view.payloadType(), nowNanos)) {
      turn(track, view.payloadType(), nowNanos);
    }
    if (track == null || !track.isIn(view.payloadType())) {
      counters.discard();
      return;
    }
    track.receive(plain, view, nowNanos);
    if (!unflushed) {
      unflushed = true;
      home.afterRead(flush);
    }
  }

  /** The peer sends a track in another format: publishes anew what it belongs to. */
  private void turn(IncomingTrack track, int payloadType, long nowNanos) {
    for (IncomingEncoding encoding : encodings) {
      MediaSink sink = encoding.sink();
      if (encoding.tracks().contains(track) && sink != null && !sink.isClosed()) {
        receivers.remove(track.receiver());
        track.turnTo(payloadType);
        track.hear(payloadType, nowNanos);
        receivers.add(track.receiver());
        publish(encoding);
      }
    }
  }

  private void noteArrival(long nowNanos) {
    if (transportExtension < 0) {
      return;
    }
    HeaderExtensionReader extensions = view.extensions();
    if (extensions.find(transportExtension) && extensions.length() == 2) {
      newestSsrc = view.ssrc();
      arrivals.onPacket(plain.getUnsignedShort(extensions.offset()), nowNanos);
    }
  }

  /** All that had arrived was handed over: shows it to the viewers. */
  private void flush() {
    unflushed = false;
    try {
      showViewers();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void showViewers() {
    encodings.forEach(IncomingEncoding::flush);
    MediaSink sink = encodings.isEmpty() ? null : encodings.get(0).sink();
    if (sink != null && sink.isClosed() && listener != null) {
      listener.publicationEnded(sink.isReplaced());
    }
  }

  @Override
  public long nextReport() {
    return schedule == null ? Long.MAX_VALUE : Math.min(nextTurn, schedule.nextTimeout());
  }

  @Override
  public boolean reportIfDue(long nowNanos, PeerLoop home) {
    if (schedule != null && nowNanos - nextTurn >= 0) {
      nextTurn = nowNanos + TURN_NANOS;
      if (undecided != null) {
        decide(undecided, nowNanos, home);
      }
      receivers.forEach(receiver -> receiver.handleTimeout(nowNanos));
      showViewers();
      reports.feedback(arrivals, newestSsrc, this::send);
      limit.turn(nowNanos, receivers, reports, this::send);
      for (IncomingEncoding encoding : encodings) {
        if (encoding.isKeyframeOwed()) {
          sendKeyframeRequest(encoding, nowNanos);
        }
      }
    }
    if (schedule != null && schedule.isDue(nowNanos)) {
      schedule.onSent(nowNanos);
      receivers.forEach(receiver -> reports.report(receiver, this::send, false, nowNanos));
    }
    return !keysExhausted;
  }

  /** Asks the peer to send packets again that it is known to have sent. */
  void requestAgain(TrackReceiver receiver, int[] sequenceNumbers, int count) {
    reports.requestAgain(receiver, this::send, sequenceNumbers, count);
  }

  /** Asks the peer for a keyframe; from any thread. */
  private void requestKeyframe(IncomingEncoding encoding) {
    PeerLoop home = loop;
    if (home != null
        && encoding.wantKeyframe()
        && !Handover.offer(home.eventLoop(), () -> sendKeyframeRequest(encoding, home))) {
      encoding.keyframeHandled();
    }
  }

  private void sendKeyframeRequest(IncomingEncoding encoding, PeerLoop home) {
    encoding.keyframeHandled();
    try {
      sendKeyframeRequest(encoding, settings.clock().nanos());
      home.socket().flush();
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Where the source is not known yet, the request waits for its first packet. */
  private void sendKeyframeRequest(IncomingEncoding encoding, long nowNanos) {
    boolean owed = false;
    for (IncomingTrack track : encoding.tracks()) {
      if (track.description().isVideo()) {
        ReceptionStatistics source = track.receiver().statistics();
        owed |= source == null;
        if (source != null) {
          keyframeRequests.increment();
          reports.report(track.receiver(), this::send, true, nowNanos);
        }
      }
    }
    encoding.keyframeOwed(owed);
  }

  private void send(byte[] compound, int length) {
    if (remote == null || rtcpOut == null || loop == null) {
      return;
    }
    byte[] out = loop.outbound();
    System.arraycopy(compound, 0, out, 0, length);
    int protectedLength = rtcpOut.protect(out, 0, length);
    if (protectedLength < 0) {
      keysExhausted = true;
      return;
    }
    remote.send(out, 0, protectedLength);
    rtcpBytesSent.add(protectedLength);
  }

  private void fail(Throwable cause) {
    if (onFailure != null) {
      onFailure.accept(cause);
    }
  }

  @Override
  public void countUnexpected() {
    unexpected.increment();
  }

  @Override
  public void close(PeerLoop home) {
    remote = null;
    try {
      receivers.forEach(TrackReceiver::close);
    } finally {
      encodings.forEach(IncomingEncoding::close);
    }
  }
}
