package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.IngestStatistics;
import dev.sluice.PeerContext;
import dev.sluice.RelayListener;

/** A peer that publishes a stream, as the host sees it. */
public final class PeerIngest extends HostedPeer implements Ingest, IngestListener {
  private final String streamName;
  private final ReceivingMedia media;
  private final RelayListener host;

  /**
   * Makes the host's view of a peer.
   *
   * @param made the peer, which is not open yet
   * @param streamName what it publishes
   * @param media what it sends
   * @param context what the host knows of it
   * @param lifecycle hears how far it is
   * @param host hears what happens
   */
  PeerIngest(
      PeerFactory.Made made,
      String streamName,
      ReceivingMedia media,
      PeerContext context,
      PeerLifecycle lifecycle,
      RelayListener host) {
    super(made, context, lifecycle);
    this.streamName = streamName;
    this.media = media;
    this.host = host;
  }

  @Override
  public String streamName() {
    return streamName;
  }

  @Override
  public IngestStatistics statistics() {
    return media.statistics();
  }

  @Override
  public void publicationEnded(boolean replaced) {
    close(replaced ? DisconnectReason.REPLACED : DisconnectReason.CLOSED_BY_HOST);
  }

  @Override
  void tellConnected() {
    host.ingestConnected(this);
  }

  @Override
  void tellEnded(DisconnectReason reason) {
    host.ingestDisconnected(this, reason);
  }
}
