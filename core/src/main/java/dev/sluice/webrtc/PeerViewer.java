package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.JoinPhase;
import dev.sluice.PeerContext;
import dev.sluice.RelayListener;
import dev.sluice.ViewerStatistics;
import dev.sluice.jfr.FlightRecord;
import dev.sluice.stream.RelayedStream;
import dev.sluice.stream.StreamViewer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer that watches a stream, as the host sees it. */
public final class PeerViewer extends HostedPeer implements StreamViewer, MediaListener {
  private static final Logger LOG = LoggerFactory.getLogger(PeerViewer.class);

  private final RelayedStream stream;
  private final SendingMedia media;
  private final RelayListener host;
  private final JoinClock join;

  /**
   * Makes the host's view of a peer.
   *
   * @param made the peer, which is not open yet
   * @param stream what it watches
   * @param media what it is sent
   * @param context what the host knows of it
   * @param lifecycle hears how far it is
   * @param host hears what happens
   * @param join runs since its offer came
   */
  PeerViewer(
      PeerFactory.Made made,
      RelayedStream stream,
      SendingMedia media,
      PeerContext context,
      PeerLifecycle lifecycle,
      RelayListener host,
      JoinClock join) {
    super(made, context, lifecycle);
    this.stream = stream;
    this.media = media;
    this.host = host;
    this.join = join;
    join.reached(JoinPhase.ANSWERED);
  }

  @Override
  public RelayedStream stream() {
    return stream;
  }

  @Override
  public ViewerStatistics statistics() {
    return media.statistics(join.times());
  }

  @Override
  public void rendition(@Nullable String id) {
    media.rendition(id);
  }

  @Override
  public void published() {
    if (stream.isMissing(media.tracks())) {
      close(DisconnectReason.CODEC_CHANGED);
    }
  }

  @Override
  public void reached(JoinPhase phase) {
    join.reached(phase);
  }

  @Override
  void tellConnected() {
    join.reached(JoinPhase.CONNECTED);
    host.viewerConnected(this);
  }

  @Override
  void tellEnded(DisconnectReason reason) {
    FlightRecord.gone(this, reason);
    host.viewerDisconnected(this, reason);
  }

  @Override
  public void firstFrameSent() {
    join.reached(JoinPhase.FIRST_FRAME);
    FlightRecord.joined(this);
    host.firstFrameSent(this);
  }

  @Override
  public void thinned(boolean thinned) {
    FlightRecord.thinned(this, thinned);
    host.viewerThinned(this, thinned);
  }

  @Override
  public void renditionChanged(String id) {
    FlightRecord.renditionChanged(this, id);
    host.renditionChanged(this, id);
  }

  @Override
  public void fellBehind() {
    FlightRecord.resynchronised(this);
  }

  @Override
  public void noKeyframe(String advice) {
    LOG.warn("viewers of stream '{}' wait for a picture: {}", stream.name(), advice);
    host.noKeyframe(stream, advice);
  }
}
