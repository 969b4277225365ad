package dev.sluice.session;

import dev.sluice.RetransmissionBuffer;
import dev.sluice.loop.Counter;
import dev.sluice.rtcp.ReportScheduler;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.srtp.SrtcpReceiver;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import dev.sluice.srtp.SrtpStatus;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The media of one viewer: its senders under common keys, its feedback and its reports. Nothing is
 * sent before {@link #start} gives the keys.
 */
public final class SessionMedia implements SenderTransport {
  private final SessionSettings settings;
  private final Runnable onFirstFrame;
  private final List<TrackSender> senders = new ArrayList<>();
  private final SenderReports reports;
  private final Feedback feedback;
  private final Counter unexpected = new Counter();
  private final Counter notAuthentic = new Counter();
  private @Nullable InetSocketAddress remote;
  private @Nullable SrtpSender rtp;
  private @Nullable SrtcpSender rtcp;
  private @Nullable SrtcpReceiver rtcpReceiver;
  private @Nullable ReportScheduler schedule;
  private volatile @Nullable SrtpProfile profile;
  private int overhead;
  private boolean firstFrameSent;
  private boolean keysExhausted;

  /**
   * Makes media without tracks.
   *
   * @param settings what all sessions share
   * @param cname our canonical name (RFC 7022)
   * @param onFirstFrame called when the first complete picture was sent
   */
  public SessionMedia(SessionSettings settings, String cname, Runnable onFirstFrame) {
    this.settings = settings;
    this.onFirstFrame = onFirstFrame;
    reports = new SenderReports(settings.clock(), cname);
    feedback = new Feedback(settings.clock(), senders);
  }

  /**
   * Adds a track; before {@link #start}.
   *
   * @param track what is read
   * @param parameters what was negotiated
   * @param limits what retransmission may cost; null for none
   * @param buffer the viewer's own store of what was sent; null for the shared history
   * @param startAtHeldKeyframe whether to start at the newest keyframe that is held
   */
  public void add(
      Track track,
      SenderParameters parameters,
      @Nullable RetransmissionLimits limits,
      @Nullable RetransmissionBuffer buffer,
      boolean startAtHeldKeyframe) {
    Retransmitter retransmitter =
        new Retransmitter(limits, buffer, parameters, settings.random().nextInt(1 << 15));
    senders.add(
        new TrackSender(
            this,
            track,
            parameters,
            retransmitter,
            startAtHeldKeyframe,
            settings.random().nextInt(1 << 15),
            settings.random().nextInt()));
  }

  /** {@return what was negotiated by DTLS; null before; any thread} */
  public @Nullable SrtpProfile profile() {
    return profile;
  }

  /** {@return datagrams that no part of the session wanted; any thread} */
  public long unexpected() {
    return unexpected.get();
  }

  /** {@return RTCP that was forged, replayed or damaged; any thread} */
  public long notAuthentic() {
    return notAuthentic.get();
  }

  /** {@return the viewer's feedback; any thread} */
  public Feedback feedback() {
    return feedback;
  }

  /** {@return RTCP bytes sent and received; any thread} */
  public long rtcpBytesSent() {
    return reports.bytesSent();
  }

  /** {@return sums over all tracks; any thread} */
  public SessionTotals totals() {
    return new SessionTotals(
        sum(TrackSender::packets),
        sum(TrackSender::octets),
        sum(sender -> sender.retransmitter().requested()),
        sum(sender -> sender.retransmitter().resent()),
        sum(sender -> sender.retransmitter().tooLate()),
        sum(sender -> sender.retransmitter().limited()),
        sum(TrackSender::resynchronisations));
  }

  private long sum(ToLongFunction<TrackSender> figure) {
    return senders.stream().mapToLong(figure).sum();
  }

  List<TrackSender> senders() {
    return senders;
  }

  /** sends to that address from now on */
  void resume(InetSocketAddress address, SessionLoop loop) {
    boolean paused = remote == null && rtcp != null;
    remote = address;
    if (paused) {
      senders.forEach(sender -> loop.join(sender.track(), sender));
    }
  }

  /** sends nothing until {@link #resume}: the peer's consent to every path is gone */
  void pause(SessionLoop loop) {
    if (remote != null && rtcp != null) {
      senders.forEach(sender -> loop.leave(sender.track(), sender));
    }
    remote = null;
  }

  /** begins to send, to the address of the last {@link #resume} */
  void start(long nowNanos, SrtpKeyPair keys, SessionLoop loop) {
    SrtpProfile negotiated = keys.local().profile();
    overhead = negotiated.rtpOverhead();
    rtp = new SrtpSender(keys.local(), settings.cipherProvider());
    rtcp = new SrtcpSender(keys.local(), settings.cipherProvider());
    rtcpReceiver = new SrtcpReceiver(keys.remote(), settings.cipherProvider());
    schedule = new ReportScheduler(settings.reportIntervalNanos(), settings.random(), nowNanos);
    profile = negotiated;
    for (TrackSender sender : senders) {
      loop.join(sender.track(), sender);
    }
  }

  void close(SessionLoop loop) {
    if (rtcp == null || remote == null) {
      return;
    }
    for (TrackSender sender : senders) {
      loop.leave(sender.track(), sender);
    }
    reports.sendGoodbye(senders, rtcp, remote(), loop);
  }

  void receive(long nowNanos, byte[] packet, int length, SessionLoop loop) {
    if (rtcpReceiver == null || remote == null || length < 2 || !isRtcp(packet)) {
      unexpected.increment();
      return;
    }
    int plainLength = rtcpReceiver.unprotect(packet, 0, length);
    if (plainLength < 0) {
      notAuthentic.increment();
      return;
    }
    feedback.read(nowNanos, packet, plainLength, this, loop);
  }

  long nextReport() {
    return schedule == null ? Long.MAX_VALUE : schedule.nextTimeout();
  }

  /** returns false when the keys are used up and the session cannot go on */
  boolean reportIfDue(long nowNanos, SessionLoop loop) {
    if (schedule != null && rtcp != null && schedule.isDue(nowNanos)) {
      schedule.onSent(nowNanos);
      keysExhausted |= remote != null && !reports.send(nowNanos, senders, rtcp, remote(), loop);
    }
    return !keysExhausted;
  }

  void countUnexpected() {
    unexpected.increment();
  }

  @Override
  public InetSocketAddress remote() {
    if (remote == null) {
      throw new IllegalStateException("no path yet");
    }
    return remote;
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
  public void frameSent(TrackSender sender) {
    if (!firstFrameSent && (sender.track().isVideo() || senders.size() == 1)) {
      firstFrameSent = true;
      onFirstFrame.run();
    }
  }

  private static boolean isRtcp(byte[] packet) {
    return RtcpHeader.isRtcp(packet[0], packet[1]);
  }
}
