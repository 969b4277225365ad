package dev.sluice.webrtc;

import dev.sluice.JoinPhase;
import dev.sluice.RetransmissionBuffer;
import dev.sluice.ViewerStatistics;
import dev.sluice.fanout.BitrateReports;
import dev.sluice.fanout.RetransmissionLimits;
import dev.sluice.fanout.Retransmitter;
import dev.sluice.fanout.SenderParameters;
import dev.sluice.fanout.SenderTransport;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.TrackSender;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.log.PacketLog;
import dev.sluice.loop.Counter;
import dev.sluice.loop.PeerPath;
import dev.sluice.rtcp.ReportScheduler;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.srtp.SrtcpReceiver;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import dev.sluice.srtp.SrtpStatus;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import dev.sluice.stream.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The media of one viewer: its senders under common keys, its feedback and its reports. Nothing is
 * sent before {@link #start} gives the keys.
 */
final class SendingMedia implements PeerMedia, SenderTransport {
  private final PeerSettings settings;
  private final ViewerLink link;
  private @Nullable MediaListener listener;
  private final List<Track> tracks = new ArrayList<>();
  private final List<TrackSender> senders = new ArrayList<>();
  private final ViewerRenditions renditions;
  private final BitrateReports bitrateReports;
  private final SenderReports reports;
  private final ViewerFeedback feedback;
  private final Counter unexpected = new Counter();
  private final Counter notAuthentic = new Counter();
  private @Nullable PeerPath remote;
  private @Nullable SrtpSender rtp;
  private @Nullable SrtcpSender rtcp;
  private @Nullable SrtcpReceiver rtcpReceiver;
  private @Nullable ReportScheduler schedule;
  private volatile @Nullable SrtpProfile profile;
  private @Nullable Consumer<Throwable> onFailure;
  private int overhead;
  private boolean firstFrameSent;
  private boolean toldThinned;
  private boolean keysExhausted;

  /**
   * Makes media without tracks.
   *
   * @param settings what all sessions share
   * @param cname our canonical name (RFC 7022)
   * @param link what is known of the way to the viewer
   */
  SendingMedia(PeerSettings settings, String cname, ViewerLink link) {
    this.settings = settings;
    this.link = link;
    renditions = new ViewerRenditions(link);
    bitrateReports = new BitrateReports(senders, link);
    reports = new SenderReports(settings.clock(), cname);
    feedback = new ViewerFeedback(settings.clock(), senders, link);
  }

  /**
   * Adds a track; before {@link #start}.
   *
   * @param track what is read
   * @param parameters what was negotiated
   * @param limits what retransmission may cost; null for none
   * @param buffer the viewer's own store of what was sent; null for the shared history
   * @param startRule where to begin to read
   */
  void add(
      Track track,
      SenderParameters parameters,
      @Nullable RetransmissionLimits limits,
      @Nullable RetransmissionBuffer buffer,
      StartRule startRule) {
    Retransmitter retransmitter =
        new Retransmitter(limits, buffer, parameters, settings.random().nextInt(1 << 15));
    TrackSender sender =
        new TrackSender(
            this,
            track,
            parameters,
            retransmitter,
            startRule,
            settings.random().nextInt(1 << 15),
            settings.random().nextInt());
    tracks.add(track);
    senders.add(sender);
    renditions.add(sender);
  }

  /** has somebody told of what is sent; before {@link #start} */
  void listener(MediaListener hears) {
    listener = hears;
  }

  /** which rendition is sent as long as it is there, null to go by the link; any thread */
  void rendition(@Nullable String wanted) {
    renditions.want(wanted);
  }

  /** what was sent and what came back; any thread */
  ViewerStatistics statistics(Map<JoinPhase, Duration> joined) {
    return new ViewerStatistics(
        profile,
        joined,
        sum(sender -> sender.figures().packets()),
        sum(sender -> sender.figures().octets()),
        sum(sender -> sender.retransmitter().resent()),
        sum(sender -> sender.retransmitter().resentBytes()),
        sum(sender -> sender.retransmitter().requested()),
        sum(sender -> sender.retransmitter().tooLate()),
        sum(sender -> sender.retransmitter().limited()),
        sum(sender -> sender.fec() == null ? 0 : sender.fec().packets()),
        sum(sender -> sender.fec() == null ? 0 : sender.fec().bytes()),
        feedback.nacks(),
        feedback.plis(),
        feedback.firs(),
        sum(sender -> sender.figures().resynchronisations()),
        feedback.cumulativeLost(),
        feedback.fractionLost(),
        duration(feedback.jitterNanos()),
        duration(feedback.roundTripNanos()),
        reports.bytesSent(),
        feedback.bytesReceived(),
        unexpected.get() + notAuthentic.get() + feedback.malformed(),
        link.estimate(),
        senders.stream().anyMatch(sender -> sender.fit().isThinned()),
        sum(sender -> sender.fit().withheld()),
        senders.stream().mapToLong(sender -> sender.figures().behindNanos()).max().orElse(0),
        renditions.id());
  }

  private static @Nullable Duration duration(long nanos) {
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }

  private long sum(ToLongFunction<TrackSender> figure) {
    return senders.stream().mapToLong(figure).sum();
  }

  /** what was agreed upon, whichever of its renditions is sent */
  List<Track> tracks() {
    return tracks;
  }

  List<TrackSender> senders() {
    return senders;
  }

  @Override
  public void resume(PeerPath path, PeerLoop loop) {
    boolean paused = remote == null && rtcp != null;
    if (!path.equals(remote)) {
      link.newPath();
    }
    remote = path;
    if (paused) {
      senders.forEach(sender -> loop.join(sender.track(), sender));
    }
  }

  @Override
  public void takesMore(PeerLoop loop) {
    senders.forEach(sender -> loop.wakeLater(sender.track()));
  }

  @Override
  public void pause(PeerLoop loop) {
    if (remote != null && rtcp != null) {
      senders.forEach(sender -> loop.leave(sender.track(), sender));
    }
    remote = null;
  }

  @Override
  public void start(
      long nowNanos, SrtpKeyPair keys, PeerLoop loop, Consumer<Throwable> onFailureToSend) {
    onFailure = onFailureToSend;
    SrtpProfile negotiated = keys.local().profile();
    overhead = negotiated.rtpOverhead();
    rtp = new SrtpSender(keys.local(), settings.cipherProvider());
    rtcp = new SrtcpSender(keys.local(), settings.cipherProvider());
    rtcpReceiver = new SrtcpReceiver(keys.remote(), settings.cipherProvider());
    schedule = new ReportScheduler(settings.reportIntervalNanos(), settings.random(), nowNanos);
    profile = negotiated;
    renditions.start(nowNanos);
    bitrateReports.start(nowNanos);
    for (TrackSender sender : senders) {
      loop.join(sender.track(), sender);
    }
  }

  @Override
  public void close(PeerLoop loop) {
    if (rtcp == null || remote == null) {
      return;
    }
    for (TrackSender sender : senders) {
      loop.leave(sender.track(), sender);
    }
    reports.sendGoodbye(senders, rtcp, remote(), loop);
  }

  @Override
  public boolean receive(long nowNanos, byte[] packet, int length, PeerLoop loop) {
    if (rtcpReceiver == null || remote == null || length < 2 || !isRtcp(packet)) {
      unexpected.increment();
      return false;
    }
    int plainLength = rtcpReceiver.unprotect(packet, 0, length);
    if (plainLength < 0) {
      notAuthentic.increment();
      return false;
    }
    feedback.read(nowNanos, packet, plainLength, this, loop);
    return true;
  }

  @Override
  public long nextReport() {
    if (schedule == null) {
      return Long.MAX_VALUE;
    }
    long turn =
        remote == null
            ? Long.MAX_VALUE
            : Math.min(renditions.nextTurn(), bitrateReports.nextTurn());
    return Math.min(schedule.nextTimeout(), turn);
  }

  @Override
  public boolean reportIfDue(long nowNanos, PeerLoop loop) {
    if (remote != null) {
      renditions.turn(nowNanos, loop, this::renditionChanged);
      bitrateReports.turn(nowNanos);
    }
    if (schedule != null && rtcp != null && schedule.isDue(nowNanos)) {
      schedule.onSent(nowNanos);
      keysExhausted |= remote != null && !reports.send(nowNanos, senders, rtcp, remote(), loop);
    }
    return !keysExhausted;
  }

  private void renditionChanged(String id) {
    bitrateReports.start(settings.clock().nanos());
    if (listener != null) {
      listener.renditionChanged(id);
    }
  }

  @Override
  public void countUnexpected() {
    unexpected.increment();
  }

  @Override
  public PeerPath remote() {
    if (remote == null) {
      throw new IllegalStateException("no path yet");
    }
    return remote;
  }

  @Override
  public ViewerLink link() {
    return link;
  }

  @Override
  public int overhead() {
    return overhead;
  }

  @Override
  public int protect(
      long index,
      byte[] packet,
      int offset,
      int headerLength,
      byte[] payload,
      int payloadOffset,
      int payloadLength) {
    if (rtp == null) {
      throw new IllegalStateException("no keys yet");
    }
    int size =
        rtp.protect(index, packet, offset, headerLength, payload, payloadOffset, payloadLength);
    keysExhausted |= size == SrtpStatus.KEY_EXPIRED;
    return size;
  }

  @Override
  public void needKeyframe(Track track) {
    track.requestKeyframe(settings.clock().nanos());
  }

  @Override
  public void noKeyframe(Track track, PacketLog log) {
    String advice = track.adviceOnKeyframes(log, settings.clock().nanos());
    if (advice != null && listener != null) {
      listener.noKeyframe(advice);
    }
  }

  @Override
  public long roundTripNanos() {
    return feedback.roundTripNanos();
  }

  @Override
  public void frameSent(TrackSender sender) {
    if (!firstFrameSent && (sender.track().isVideo() || senders.size() == 1)) {
      firstFrameSent = true;
      if (listener != null) {
        listener.firstFrameSent();
      }
    }
  }

  @Override
  public void thinned(boolean thinned) {
    boolean any = senders.stream().anyMatch(sender -> sender.fit().isThinned());
    if (listener != null && any != toldThinned) {
      toldThinned = any;
      listener.thinned(any);
    }
  }

  @Override
  public void fellBehind() {
    if (listener != null) {
      listener.fellBehind();
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (onFailure != null) {
      onFailure.accept(cause);
    }
  }

  private static boolean isRtcp(byte[] packet) {
    return RtcpHeader.isRtcp(packet[0], packet[1]);
  }
}
